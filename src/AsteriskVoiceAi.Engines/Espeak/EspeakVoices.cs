using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Engines.Espeak;

/// <summary>Languages that the installed espeak-ng has, from the table that <c>espeak-ng --voices</c> prints.</summary>
internal sealed partial class EspeakVoices
{
    private readonly Dictionary<string, string> _byLanguage = new(StringComparer.OrdinalIgnoreCase);

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
        var primary = language.Split('-', 2)[0];
        // The table gives plain "en" to the British voice; telephone systems mean the American one.
        var isAnyEnglish = primary.Equals("en", StringComparison.OrdinalIgnoreCase) && (language.Length == 2 || !_byLanguage.ContainsKey(language));
        if (isAnyEnglish && _byLanguage.TryGetValue("en-us", out var voice))
            return voice;
        if (_byLanguage.TryGetValue(language, out voice))
            return voice;
        return _byLanguage.TryGetValue(primary, out voice)
            ? voice
            : _byLanguage.Where(v => v.Key.StartsWith(primary + "-", StringComparison.OrdinalIgnoreCase)).Select(v => v.Value).FirstOrDefault();
    }

    [GeneratedRegex(@"\(([a-z][a-zA-Z-]*) \d+\)")]
    private static partial Regex OtherLanguages();
}
