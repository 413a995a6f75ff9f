using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>An utterance as words, the same whether a recogniser writes cases, punctuation and digits or not.</summary>
internal static class Utterance
{
    /// <summary>More words than this say nothing new about what a caller wants; bounds the work per utterance.</summary>
    public const int MaxWords = 120;

    private const int MaxWordLength = 40;

    private static readonly string[] Units =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Lower-case words without punctuation: "What's up, Dr. O'Neil?" becomes whats up dr oneil.</summary>
    /// <param name="spellNumbers">English number words for digits; other languages keep the digits.</param>
    public static IReadOnlyList<string> Words(string text, bool spellNumbers = true)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (words.Count >= MaxWords)
                break;
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                // "billing4" is two words; so is "24h".
                if (word.Length > 0 && Rune.IsDigit(rune) != char.IsDigit(word[^1]))
                    End(words, word, spellNumbers);
                if (word.Length < MaxWordLength)
                    word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (rune.Value is not ('\'' or '\u2019'))
            {
                End(words, word, spellNumbers);
            }
        }
        End(words, word, spellNumbers);
        return words;
    }

    private static void End(List<string> words, StringBuilder word, bool spellNumbers)
    {
        if (word.Length == 0)
            return;
        var text = word.ToString();
        word.Clear();
        if (spellNumbers && text.All(char.IsAsciiDigit))
            Spell(words, text);
        else
            words.Add(text);
    }

    /// <summary>Up to two digits are one number; more are read out one by one, as tracking numbers are.</summary>
    private static void Spell(List<string> words, string digits)
    {
        if (digits.Length == 2 && digits[0] != '0')
        {
            var number = int.Parse(digits, CultureInfo.InvariantCulture);
            if (number < 20)
            {
                words.Add(Units[number]);
                return;
            }
            words.Add(Tens[number / 10]);
            if (number % 10 > 0)
                words.Add(Units[number % 10]);
            return;
        }
        foreach (var digit in digits)
            words.Add(Units[digit - '0']);
    }
}
