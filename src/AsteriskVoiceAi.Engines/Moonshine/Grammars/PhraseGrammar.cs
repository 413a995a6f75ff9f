namespace AsteriskVoiceAi.Engines.Moonshine.Grammars;

/// <summary>
/// One of some phrases, with a word of politeness around it:
/// <code>
/// [um, please, I'd like] phrase [, please] [mark]
/// </code>
/// </summary>
internal static class PhraseGrammar
{
    private const string LeadIns = "um uh er the a it's please i'd_like i_want i_would_like i_need";

    private const string Yes =
        "yes yeah yep yup sure okay correct right absolutely exactly definitely certainly indeed affirmative uh-huh mm-hmm please yes_please yes_sir yes_ma'am " +
        "that's_right that's_correct that_is_right that_is_correct that_is_it that's_it that's_the_one of_course sure_thing go_ahead please_do i_do i_would " +
        "yes_i_do yes_it_is yes_that's_right yes_that's_correct it_is yes_i_would yes,_please yes,_i_do yes,_it_is yes,_that's_right yes,_that's_correct yes,_i_would yes,_sir";

    private const string No =
        "no nope nah negative never wrong incorrect uh-uh not_really no_thanks no_thank_you no_way that's_wrong that_is_wrong that's_not_right that_is_not_right " +
        "that's_incorrect i_don't i_do_not no_i_don't it_isn't it's_not not_that no_sir no_ma'am no,_thanks no,_thank_you no,_i_don't no,_it_isn't no,_it's_not no,_that's_wrong no,_sir";

    public static TokenGrammar YesNo(TokenTable tokens) =>
        OneOf(tokens, [.. Split(Yes).Select(phrase => (phrase, "yes")), .. Split(No).Select(phrase => (phrase, "no"))]);

    public static TokenGrammar OneOf(TokenTable tokens, IReadOnlyList<string> phrases) =>
        OneOf(tokens, [.. phrases.Where(phrase => !string.IsNullOrWhiteSpace(phrase)).SelectMany(phrase => Spoken(phrase).Select(spoken => (spoken, phrase)))]);

    private static TokenGrammar OneOf(TokenTable tokens, IReadOnlyList<(string Spoken, string Value)> phrases)
    {
        var words = new GrammarWords(tokens);
        var (start, lead, phrase) = (new GrammarNode(), new GrammarNode(), new GrammarNode());
        var (after, please, end) = (new GrammarNode { IsFinal = true }, new GrammarNode(), new GrammarNode { IsFinal = true });
        words.AnyOf(start, lead, LeadIns);
        words.Mark(lead, phrase, ",", "...");
        lead.Join(phrase);
        start.Join(phrase);
        // The meaning is the number of the value, as one character.
        string[] values = [.. phrases.Select(p => p.Value).Distinct(StringComparer.Ordinal)];
        foreach (var (spoken, value) in phrases)
            words.Phrase(phrase, after, spoken, ((char)Array.IndexOf(values, value)).ToString());
        words.Mark(after, please, ",");
        after.Join(please);
        words.AnyOf(please, end, "please");
        words.Mark(after, end);
        words.Mark(end, end, ".", "!", "?");
        return new(start, 1, 1, meaning => meaning.Length == 1 ? values[meaning[0]] : null, null);
    }

    /// <summary>A phrase without marks at its end; with figures said as words too.</summary>
    private static IEnumerable<string> Spoken(string phrase)
    {
        var trimmed = phrase.Trim().TrimEnd('.', '?', '!', ',');
        if (trimmed.Length == 0)
            yield break;
        yield return trimmed;
        if (trimmed.Any(char.IsAsciiDigit))
            yield return string.Join(' ', trimmed.Split(' ').Select(word => word is [>= '0' and <= '9'] ? Digit(word[0]) : word));
    }

    private static string Digit(char digit) => new[] { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" }[digit - '0'];

    private static IEnumerable<string> Split(string phrases) => phrases.Split(' ').Select(phrase => phrase.Replace('_', ' '));
}
