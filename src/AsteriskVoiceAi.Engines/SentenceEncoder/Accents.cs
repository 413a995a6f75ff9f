using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Engines.SentenceEncoder;

/// <summary>
/// Letters without their accents: what Unicode's canonical decomposition leaves when its marks are removed. A table of our own, since .NET
/// decomposes nothing beyond ASCII in invariant globalisation, which containers run in.
/// </summary>
internal static class Accents
{
    /// <summary>Hangul syllables are computed: 19 leads, each with 21 vowels, each with 27 tails or none.</summary>
    private const int FirstSyllable = 0xAC00;
    private const int Syllables = 11_172;
    private const int Vowels = 21;
    private const int Tails = 28;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int FirstTail = 0x11A7;

    private static readonly Dictionary<Rune, string> Bases = Read();

    public static void AppendBase(Rune rune, StringBuilder to)
    {
        var syllable = rune.Value - FirstSyllable;
        if (rune.IsAscii)
            to.Append((char)rune.Value);
        else if (Bases.TryGetValue(rune, out var letters))
            to.Append(letters);
        else if (syllable is >= 0 and < Syllables)
            AppendSyllable(syllable, to);
        else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            to.Append(rune.ToString());
    }

    private static void AppendSyllable(int syllable, StringBuilder to)
    {
        to.Append((char)(FirstLead + (syllable / (Vowels * Tails)))).Append((char)(FirstVowel + (syllable % (Vowels * Tails) / Tails)));
        if (syllable % Tails > 0)
            to.Append((char)(FirstTail + (syllable % Tails)));
    }

    private static Dictionary<Rune, string> Read()
    {
        using var file = typeof(Accents).Assembly.GetManifestResourceStream("accents.txt")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .SelectMany(columns => columns[1].EnumerateRunes().Select(letter => (letter, columns[0])))
            .ToDictionary(pair => pair.letter, pair => pair.Item2);
    }
}
