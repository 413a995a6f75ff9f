using System.Globalization;
using System.Text;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// Reads what was expected out of freely recognised text: the part of an <see cref="Expectation"/> that an engine without a grammar of its
/// own can do. Thread-safe.
/// </summary>
public static class ExpectedWords
{
    /// <summary>Of the letters of a choice, so many may be misheard.</summary>
    private const double MostChanges = 0.25;

    /// <summary>For <see cref="Transcript.Expected"/>: digits without blanks, letters in upper case, the choice as the flow wrote it, <c>yes</c> or <c>no</c>.</summary>
    /// <param name="language">BCP 47 tag.</param>
    /// <returns>Null: the words are something else.</returns>
    public static string? Read(Expectation expectation, string text, string language) => expectation switch
    {
        Expectation.Digits(var least, var most) => Within(Digits(text, language), least, most),
        Expectation.Characters(var least, var most) => Within(Characters(text, language), least, most),
        Expectation.YesNo => YesOrNo(text, language),
        Expectation.OneOf(var phrases) => Choice(text, phrases),
        _ => null,
    };

    private static string? Within(string? characters, int least, int most) => characters is not null && characters.Length >= least && characters.Length <= most ? characters : null;

    private static string? Digits(string text, string language)
    {
        var digits = new StringBuilder();
        var numbers = NumberWords.For(language);
        var words = Utterance.Words(text, spellNumbers: false);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (Number(words, ref i, numbers) is { } number)
                digits.Append(number);
            // What comes after the first digit and is none is a correction or another sentence: better asked again than guessed.
            else if (!numbers.IsFiller(word) && digits.Length > 0)
                return null;
        }
        return digits.Length > 0 ? digits.ToString() : null;
    }

    private static string? Characters(string text, string language)
    {
        var characters = new StringBuilder();
        var numbers = NumberWords.For(language);
        var words = Utterance.Words(text, spellNumbers: false);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Length == 1 && char.IsLetter(word[0]))
                characters.Append(char.ToUpperInvariant(word[0]));
            else if (NumberWords.Letter(word) is { } letter)
                characters.Append(letter);
            else if (Number(words, ref i, numbers) is { } number)
                characters.Append(number);
            // "ABC": recognisers write letters that were said one by one as one word in capitals.
            else if (text.Contains(word.ToUpperInvariant(), StringComparison.Ordinal))
                characters.Append(word.ToUpperInvariant());
            else if (!numbers.IsFiller(word))
                return null;
        }
        return characters.Length > 0 ? characters.ToString() : null;
    }

    /// <summary>The digits at <paramref name="i"/>, which is moved to the last word that belongs to them; null = no number.</summary>
    private static string? Number(IReadOnlyList<string> words, ref int i, NumberWords numbers)
    {
        var word = words[i];
        if (word.All(char.IsAsciiDigit))
            return word;
        if (numbers.Numbers.TryGetValue(word, out var number))
            return number;
        var next = i + 1 < words.Count ? words[i + 1] : "";
        var nextDigit = next.Length == 1 && char.IsAsciiDigit(next[0]) ? next : numbers.Numbers.GetValueOrDefault(next, "");
        if (numbers.Tens.TryGetValue(word, out var tens))
        {
            if (nextDigit is not { Length: 1 } || nextDigit == "0")
                return tens;
            i++;
            return tens[..1] + nextDigit;
        }
        if (nextDigit.Length != 1 || !numbers.Repeats.TryGetValue(word, out var times))
            return null;
        i++;
        return new string(nextDigit[0], int.Parse(times, CultureInfo.InvariantCulture));
    }

    private static string? YesOrNo(string text, string language) =>
        LanguageWords.For(language) is not { } words ? null : new YesNoReader(words).Read(text).Answer switch
        {
            YesNo.Yes => "yes",
            YesNo.No => "no",
            _ => null,
        };

    private static string? Choice(string text, IReadOnlyList<string> phrases)
    {
        var heard = Spoken(text);
        if (phrases.FirstOrDefault(phrase => Spoken(phrase) == heard) is { } same)
            return same;
        // Said among other words; of two that are inside each other the longer one was meant.
        var within = phrases.Where(phrase => $" {heard} ".Contains($" {Spoken(phrase)} ", StringComparison.Ordinal)).OrderByDescending(phrase => phrase.Length).ToList();
        if (within.Count > 0)
            return within.Skip(1).All(other => $" {Spoken(within[0])} ".Contains($" {Spoken(other)} ", StringComparison.Ordinal)) ? within[0] : null;
        var nearest = phrases
            .Select(phrase => (Phrase: phrase, Changes: (double)EditDistance.Between(Spoken(phrase), heard[..Math.Min(heard.Length, 200)]) / Math.Max(1, Spoken(phrase).Length)))
            .OrderBy(candidate => candidate.Changes)
            .Take(2)
            .ToList();
        return nearest.Count > 0 && nearest[0].Changes <= MostChanges && (nearest.Count == 1 || nearest[1].Changes > nearest[0].Changes) ? nearest[0].Phrase : null;
    }

    private static string Spoken(string text) => string.Join(' ', Utterance.Words(text));
}
