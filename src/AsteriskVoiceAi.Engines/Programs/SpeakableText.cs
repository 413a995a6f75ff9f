using System.Globalization;
using System.Text;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>Text as a speech program may safely get it.</summary>
internal static class SpeakableText
{
    /// <summary>About six minutes of speech. More in one prompt is a mistake, and the caller would wait seconds for its first word.</summary>
    private const int LongestText = 5000;

    /// <summary>One line without control characters.</summary>
    /// <exception cref="SpeechEngineException">The text is too long for one prompt.</exception>
    public static string Clean(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Brackets: espeak-ng reads [[...]] as phonemes.
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || rune.Value is '[' or ']')
                line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "");
            else
                line.Append(rune.ToString());
        }
        var clean = line.ToString().Trim();
        return clean.Length <= LongestText
            ? clean
            : throw new SpeechEngineException($"a prompt of {clean.Length} characters is too long to synthesise (at most {LongestText}); split it into sentences");
    }

    /// <summary>For programs that know only ASCII: letters lose their marks, typographic quotes and dashes become plain ones.</summary>
    public static string ToAscii(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormD))
        {
            plain.Append(character switch
            {
                < (char)128 => character.ToString(),
                '\u2018' or '\u2019' => "'",
                '\u201C' or '\u201D' => "\"",
                '\u2013' or '\u2014' => " - ",
                '\u2026' => "...",
                _ when CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark => "",
                _ => " ",
            });
        }
        return plain.ToString();
    }

    /// <summary>Whether there is anything to pronounce.</summary>
    public static bool HasWords(string text) => text.EnumerateRunes().Any(Rune.IsLetterOrDigit);
}
