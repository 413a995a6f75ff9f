using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>How far a transcript is from what was said.</summary>
public static class WordErrors
{
    private static readonly string[] Ones = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>Lower-case words; punctuation is dropped, except apostrophes inside a word, and digits are read one by one.</summary>
    public static string[] Words(string text)
    {
        var result = new StringBuilder();
        var lower = text.Replace('’', '\'').ToLowerInvariant();
        for (var i = 0; i < lower.Length; i++)
        {
            var c = lower[i];
            if (char.IsAsciiDigit(c))
                result.Append(' ').Append(Ones[c - '0']).Append(' ');
            else if (char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                result.Append(c);
            else if (c == '\'' && i > 0 && i + 1 < lower.Length && char.IsLetter(lower[i - 1]) && char.IsLetter(lower[i + 1]))
                result.Append(c);
            else
                result.Append(' ');
        }
        return result.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Fewest words to replace, drop or add to get from what was said to what was understood.</summary>
    public static int Count(string said, string understood)
    {
        var (a, b) = (Words(said), Words(understood));
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }
        return row[b.Length];
    }

    /// <summary>Word error rate: errors divided by the words that were said.</summary>
    public static double Rate(string said, string understood) => (double)Count(said, understood) / Math.Max(1, Words(said).Length);
}
