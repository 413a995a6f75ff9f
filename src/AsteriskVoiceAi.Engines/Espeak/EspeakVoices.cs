using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Engines.Espeak;

/// <summary>Languages that the installed espeak-ng has, from the table that <c>espeak-ng --voices</c> prints.</summary>
internal sealed partial class EspeakVoices
{
    private readonly Dictionary<string, string> _byLanguage = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Wanted tags that the table has no good row for.</summary>
    private static readonly Dictionary<string, string> Preferred = new(StringComparer.OrdinalIgnoreCase) { ["en"] = "en-us", ["pt"] = "pt-br", ["fr"] = "fr-fr" };

    private EspeakVoices() { }

    public int Count => _byLanguage.Count;

    /// <summary>Reads rows of priority, language, age/gender, name, file and, in brackets, further languages with priorities.</summary>
    public static EspeakVoices Parse(string table)
    {
        var voices = new EspeakVoices();
        foreach (var row in table.Split('\n').Skip(1))
        {
            var columns = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length < 5)
                continue;
            voices._byLanguage.TryAdd(columns[1], columns[1]);
            foreach (var other in OtherLanguages().Matches(row).Select(match => match.Groups[1].Value))
                voices._byLanguage.TryAdd(other, columns[1]);
        }
        return voices;
    }

    /// <returns>The voice for a BCP 47 tag: of that region, else of the language, else null.</returns>
    public string? Find(string language)
    {
        if (_byLanguage.TryGetValue(language, out var voice))
            return voice;
        var primary = language.Split('-', 2)[0];
        if (Preferred.TryGetValue(primary, out var preferred) && _byLanguage.ContainsKey(preferred))
            return preferred;
        return _byLanguage.TryGetValue(primary, out voice)
            ? voice
            : _byLanguage.Where(v => v.Key.StartsWith(primary + "-", StringComparison.OrdinalIgnoreCase)).Select(v => v.Value).FirstOrDefault();
    }

    [GeneratedRegex(@"\(([a-z][a-zA-Z-]*) \d+\)")]
    private static partial Regex OtherLanguages();
}
