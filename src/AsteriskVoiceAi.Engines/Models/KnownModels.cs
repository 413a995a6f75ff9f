using System.Globalization;

namespace AsteriskVoiceAi.Engines.Models;

/// <summary>The list of models, <c>scripts/models.txt</c>, which explains its own form.</summary>
public static class KnownModels
{
    private static readonly Lazy<IReadOnlyList<KnownModel>> Built = new(() =>
    {
        using var file = typeof(KnownModels).Assembly.GetManifestResourceStream("models.txt")!;
        using var reader = new StreamReader(file);
        return Read(reader.ReadToEnd());
    });

    /// <summary>As it was when the program was built.</summary>
    public static IReadOnlyList<KnownModel> All => Built.Value;

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
                    models.Add(new(rest, "", "", IsDefault: false, []));
                    break;
                case "default":
                    models[^1] = models[^1] with { IsDefault = true };
                    break;
                case "for":
                    models[^1] = models[^1] with { Purpose = rest };
                    break;
                case "licence":
                    models[^1] = models[^1] with { Licence = rest };
                    break;
                case "file":
                    models[^1] = models[^1] with { Files = [.. models[^1].Files, new(columns[1], [Size(columns[2])])] };
                    break;
                case "from":
                    // from URL BYTES HASH: another conversion of the same model
                    if (columns is [_, var source, var bytes, _] && source.Contains("://", StringComparison.Ordinal))
                        models[^1] = models[^1] with { Files = [.. models[^1].Files.SkipLast(1), models[^1].Files[^1] with { Sizes = [.. models[^1].Files[^1].Sizes, Size(bytes)] }] };
                    break;
                case "package":
                    break;
                default:
                    throw new FormatException($"'{line}' is not a line of the list of models");
            }
        }
        return models;
    }

    private static long Size(string bytes) => long.Parse(bytes, CultureInfo.InvariantCulture);
}
