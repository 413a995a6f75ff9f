namespace AsteriskVoiceAi.Engines.Moonshine.Grammars;

/// <summary>
/// Numbers and codes said one digit or letter at a time, with a few words before and marks between them:
/// <code>
/// [um, it's, my number is] unit { [mark] unit } [mark]
/// unit = digit word | figure | "double" digit | letter | letter's name
/// </code>
/// </summary>
internal static class NumberGrammar
{
    private static readonly string[] DigitWords =
        ["zero oh o", "one won", "two to too", "three", "four for", "five", "six", "seven", "eight ate", "nine"];

    /// <summary>How English spells letters aloud, as the model writes what it takes for words, and the radio alphabet.</summary>
    private static readonly string[] LetterWords =
    [
        "alpha alfa eh", "bravo bee be", "charlie see sea cee", "delta dee", "echo", "foxtrot eff", "golf gee", "hotel aitch", "india eye",
        "juliet juliett jay", "kilo kay", "lima el ell", "mike em", "november en", "oscar oh", "papa pee pea", "quebec cue queue", "romeo are", "sierra ess",
        "tango tea tee", "uniform you", "victor vee", "whiskey whisky double_u double-u", "x-ray xray ex", "yankee why", "zulu zee zed",
    ];

    private const string LeadIns =
        "um uh it's it_is yes yeah okay sure my_number_is the_number_is number my_code_is the_code_is that's that_is so well my_pin_is the_pin_is it_would_be";

    public static TokenGrammar Digits(TokenTable tokens, int least, int most)
    {
        var words = new GrammarWords(tokens);
        return Build(words, least, most, (unit, after) =>
        {
            AddDigits(words, unit, after, DigitWords);
            AddRepeats(words, unit, after, "double", 2);
            AddRepeats(words, unit, after, "triple", 3);
        });
    }

    public static TokenGrammar Characters(TokenTable tokens, int least, int most)
    {
        var words = new GrammarWords(tokens);
        return Build(words, least, most, (unit, after) =>
        {
            AddDigits(words, unit, after, [.. DigitWords.Select((names, digit) => names.Split(' ')[0])]);
            AddLetters(words, unit, after);
        });
    }

    private static TokenGrammar Build(GrammarWords words, int least, int most, Action<GrammarNode, GrammarNode> addUnits)
    {
        var (start, lead, unit) = (new GrammarNode(), new GrammarNode(), new GrammarNode { NeedsRoom = true });
        var (after, mark) = (new GrammarNode { IsFinal = true }, new GrammarNode { IsFinal = true });
        start.Join(unit);
        words.AnyOf(start, lead, LeadIns);
        words.Mark(lead, unit, ",", ".", ":", "...");
        lead.Join(unit);
        addUnits(unit, after);
        after.Join(unit);
        words.Mark(after, mark);
        mark.Join(unit);
        return new(start, least, most, static meaning => meaning.Length > 0 ? meaning : null, static meaning => string.Join(' ', meaning.AsEnumerable()));
    }

    private static void AddDigits(GrammarWords words, GrammarNode from, GrammarNode to, string[] names)
    {
        for (var digit = 0; digit <= 9; digit++)
        {
            var figure = ((char)('0' + digit)).ToString();
            words.AnyOf(from, to, names[digit], figure);
            words.Figures(from, to, figure, figure);
        }
    }

    private static void AddRepeats(GrammarWords words, GrammarNode from, GrammarNode to, string word, int times)
    {
        for (var digit = 0; digit <= 9; digit++)
        {
            var means = new string((char)('0' + digit), times);
            foreach (var name in DigitWords[digit].Split(' ').Take(2))
                words.Phrase(from, to, $"{word} {name}", means);
            words.Phrase(from, to, $"{word} {digit}", means);
        }
    }

    private static void AddLetters(GrammarWords words, GrammarNode from, GrammarNode to)
    {
        for (var letter = 'A'; letter <= 'Z'; letter++)
        {
            var means = letter.ToString();
            words.AnyOf(from, to, LetterWords[letter - 'A'], means);
            words.Figures(from, to, means, means);
            words.Figures(from, to, means.ToLowerInvariant(), means);
        }
        // Capitals in a row are one token where the vocabulary has one for them.
        foreach (var (piece, id) in words.Tokens.All)
        {
            var letters = piece.TrimStart(TokenTable.SpaceMark[0]);
            if (letters.Length is 2 or 3 && letters.All(char.IsAsciiLetterUpper))
                from.Add([id], to, letters);
        }
    }
}
