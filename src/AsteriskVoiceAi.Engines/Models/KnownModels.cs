using System.Globalization;

namespace AsteriskVoiceAi.Engines.Models;

/// <summary>The lists of models and of Piper voices, <c>scripts/models.txt</c>, which explains its own form, and <c>scripts/voices.txt</c>.</summary>
public static class KnownModels
{
    private static readonly Lazy<IReadOnlyList<KnownModel>> Models = new(() => Embedded("models.txt"));
    private static readonly Lazy<IReadOnlyList<KnownModel>> PiperVoices = new(() => Embedded("voices.txt"));

    /// <summary>As it was when the program was built.</summary>
    public static IReadOnlyList<KnownModel> All => Models.Value;

    /// <summary>Piper voices that scripts/get-voice.sh can fetch.</summary>
    public static IReadOnlyList<KnownModel> Voices => PiperVoices.Value;

    /// <exception cref="FormatException">A line has a word that the list does not know.</exception>
    internal static IReadOnlyList<KnownModel> Read(string text)
    {
        var models = new List<KnownModel>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var rest = line[columns[0].Length..].Trim();
            switch (columns[0])
            {
                case "model":
                    models.Add(new(rest, "", "", IsDefault: false, IsRecommended: false, []));
                    break;
                case "default":
                    models[^1] = models[^1] with { IsDefault = true };
                    break;
                case "recommended":
                    models[^1] = models[^1] with { IsRecommended = true };
                    break;
                case "for":
                    models[^1] = models[^1] with { Purpose = rest };
                    break;
                case "licence":
                    models[^1] = models[^1] with { Licence = rest };
                    break;
                case "file":
                    models[^1] = models[^1] with { Files = [.. models[^1].Files, new(columns[1], [new(Size(columns[2]), columns[3])])] };
                    break;
                case "from":
                    // from URL BYTES HASH: another conversion of the same model
                    if (columns is [_, var source, var bytes, var hash] && source.Contains("://", StringComparison.Ordinal))
                        models[^1] = models[^1] with { Files = [.. models[^1].Files.SkipLast(1), models[^1].Files[^1] with { Versions = [.. models[^1].Files[^1].Versions, new(Size(bytes), hash)] }] };
                    break;
                case "package":
                    break;
                default:
                    throw new FormatException($"'{line}' is not a line of the list of models");
            }
        }
        return models;
    }

    private static IReadOnlyList<KnownModel> Embedded(string name)
    {
        using var file = typeof(KnownModels).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(file);
        return Read(reader.ReadToEnd());
    }

    private static long Size(string bytes) => long.Parse(bytes, CultureInfo.InvariantCulture);
}
