using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Codes of letters and digits: bookings, plates, postcodes.</summary>
internal static class CodeReader
{
    private static readonly HashSet<string> Separators = new(["dash", "hyphen", "slash", "space", "dot", "stroke", "minus"], StringComparer.Ordinal);

    /// <summary>From so many characters on a sentence before them was a carrier.</summary>
    private const int ManyCharacters = 3;

    /// <summary>What a letter is heard as has no more letters.</summary>
    private const int LongestLetterName = 5;

    /// <summary>Short words that lead up to a code.</summary>
    private static readonly HashSet<string> Announcing = new(["says", "train", "seat", "room", "unit"], StringComparer.Ordinal);

    /// <summary>Words that letters and digits are heard as, though they may lead up to a code.</summary>
    private static readonly HashSet<string> SoundAlikes = new(["let", "for", "to", "on", "in", "at", "an", "and"], StringComparer.Ordinal);

    private const string Vowels = "aeiouy";

    public static SlotReading? Read(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        if (Words.AsksForTime(tokens))
            return null;
        var answer = CodeRemarks.WithoutLast(tokens);
        var plain = CodeRemarks.Without(answer);
        if (Corrections.Read(CodeRemarks.WithPlainZeros(Lowered(plain)), ReadPiece) is not var (code, confidence) || code.Length == 0)
            return null;
        var fitted = CodeForms.Fit(code, question);
        if (plain.Count == answer.Count)
            return new SlotReading(fitted, confidence);
        // "Five five eight, that's savings, two two nine" are two codes, unless the form says that they are one.
        return CodeForms.Has(fitted, question) ? new SlotReading(fitted, SlotReading.Guessed) : null;
    }

    /// <summary>"BEE ARE 5 5 TO": words in capitals, as all of the answer is, and no letters said one by one.</summary>
    private static List<Token> Lowered(IReadOnlyList<Token> tokens)
    {
        var words = tokens.Where(token => token.Kind == TokenKind.Word).ToList();
        var isShouted = words.TrueForAll(token => token.Raw.All(char.IsAsciiLetterUpper)) && words.Count(token => token.Text.Length > 2 && IsSaid(token)) >= 2;
        return isShouted ? [.. tokens.Select(token => token with { Raw = token.Text })] : [.. tokens];
    }

    private static bool IsSaid(Token token) => Letters.IsName(token.Text) || DigitsReader.BeginsDigits(token) || IsAround(token);

    /// <summary>Leads up to a code or follows it.</summary>
    private static bool IsAround(Token token) => Words.Fillers.Contains(token.Text) || Words.Carriers.Contains(token.Text);

    private static (string Code, double Confidence)? ReadPiece(List<Token> tokens)
    {
        var from = AfterLead(tokens);
        var code = new StringBuilder();
        var (strangers, confidence, isCertain) = (0, SlotReading.Clear, false);
        for (var at = from; at < tokens.Count;)
        {
            if (Character(tokens, at, code) is var (text, next, sure))
            {
                // "Let four z nine", "dribble you seven" lack their first letter.
                if (code.Length == 0 && at > 0 && (!MayLeadUp(tokens, at) || (strangers > 0 && IsLetters(tokens, at))))
                    return null;
                code.Append(text);
                isCertain |= next > at + 1 || !Letters.MayBeWord(tokens[at]);
                confidence = Math.Min(confidence, sure);
                at = next;
                continue;
            }
            var token = tokens[at++];
            // "Capital or": a letter was lost.
            if (Letters.IsSize(token.Text) && at < tokens.Count && !Letters.IsSize(tokens[at].Text) && Character(tokens, at, code) is null)
                return null;
            if (token.Kind == TokenKind.Sign || Separators.Contains(token.Text) || Letters.IsSize(token.Text) || Words.Fillers.Contains(token.Text))
                continue;
            // "…, I think", "… is the number".
            if (code.Length > 0 && tokens.Skip(at - 1).All(IsAround))
                break;
            if (code.Length > 0)
                return null;
            strangers += Words.Carriers.Contains(token.Text) ? 0 : 1;
        }
        // "A b one two is my reference".
        if (code.Length == 0 && from > 1 && tokens[from - 1].Text == "is" && tokens.Skip(from).All(IsAround))
            return ReadPiece(tokens[..(from - 1)]);
        if (strangers > 0 && code.Length < ManyCharacters)
            return code.Length == 0 ? ("", 1) : null;
        // "Block my SIM card".
        if (strangers > 0 && code.Length <= ManyCharacters && !code.ToString().Any(char.IsAsciiDigit))
            return null;
        // "Are you okay?"
        if (code.Length > 0 && !isCertain)
            return null;
        // "B t nine that's belfast five a b" without its beginning.
        var again = tokens.FindIndex(Math.Min(1, from), from - Math.Min(1, from), token => token.Text is "that's" or "it's" or "its");
        if (again > 0 && CodeRemarks.IsAfterPart(tokens, again) && ReadPiece(tokens[..again]) is var (before, _) && before.Length > 1 && before != code.ToString())
            return null;
        return (code.ToString(), strangers > 0 ? SlotReading.Likely : confidence);
    }

    /// <summary>What leads up to the code ends with the last word that announces one.</summary>
    private static int AfterLead(List<Token> tokens)
    {
        var from = 0;
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            if (tokens[i].Text is "is" or "it's" or "its" or "that's" or "number" or "reference" or "code" or "postcode" or "plate" or "registration" or "booking" or "order" or "zip" && tokens[i + 1].Text is not ("for" or "in"))
                from = i + 1;
            // "That would be k r two".
            else if (tokens[i].Text == "be" && tokens.WordAt(i - 1) is "would" or "should" or "could" or "might" or "must" or "will" or "it'd" or "that'd" or "it'll" or "that'll")
                from = i + 1;
        }
        return from;
    }

    private static (string Text, int Next, double Confidence)? Character(List<Token> tokens, int at, StringBuilder code)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Mixed)
            return (token.Text.ToUpperInvariant(), char.IsAsciiLetter(token.Text[^1]) ? Letters.AfterWord(tokens, at + 1, token.Text[^1]) : at + 1, SlotReading.Clear);
        // Recognisers write letters that were said one by one as one word in capitals.
        if (token.Kind == TokenKind.Word && token.Raw.Length is > 1 and <= 4 && token.Raw.All(char.IsAsciiLetterUpper) && token.Text != "ok" && !(token.Text.Length > 2 && Words.Carriers.Contains(token.Text)))
            return (token.Raw, at + 1, SlotReading.Clear);
        // "Abc 123", "Bs-84jp".
        if (IsLetters(tokens, at))
            return (token.Text.ToUpperInvariant(), at + 1, SlotReading.Likely);
        if (token.Text is "oh" or "o" && !Letters.IsSpelledO(tokens, at))
            return (NextToDigit(tokens, at, code) ? "0" : "O", at + 1, SlotReading.Likely);
        if (!IsPlainWord(tokens, at, code) && !Words.Fillers.Contains(token.Text) && Letters.At(tokens, at, isName: code.Length > 0 || NextIsCode(tokens, at + 1)) is { } letter)
            return letter;
        var digits = new StringBuilder();
        var (next, sure) = DigitsReader.Step(tokens, at, digits);
        if (next > at)
            return (digits.ToString(), next, sure);
        return code.Length > 0 && Words.SoundsLikeDigit(token.Text) is { } sound && (NextIsCode(tokens, at + 1) || IsRest(tokens, at + 1, code)) ? (sound.ToString(System.Globalization.CultureInfo.InvariantCulture), at + 1, SlotReading.Guessed) : null;
    }

    /// <summary>"A code", "XYZ 421, I think": no letters; "a for apple" is one.</summary>
    private static bool IsPlainWord(List<Token> tokens, int at, StringBuilder code)
    {
        var isArticle = tokens[at].Text == "a" && code.Length == 0;
        var isPronoun = tokens[at].Text == "i" && (code.Length == 0 || (at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Word && !Words.Fillers.Contains(tokens[at + 1].Text) && Words.SoundsLikeDigit(tokens[at + 1].Text) is null));
        return (isArticle || isPronoun) && !NextIsCode(tokens, at + 1) && (tokens.WordAt(at + 1) == "like" || Letters.AfterWord(tokens, at + 1, tokens[at].Text[0]) == at + 1);
    }

    /// <summary>Letters said one by one and written as a word: up to three right before figures, or without a vowel.</summary>
    private static bool IsLetters(List<Token> tokens, int at)
    {
        var word = tokens[at].Text;
        var next = tokens.WordAt(at + 1) == "-" ? at + 2 : at + 1;
        var isBeforeFigures = next < tokens.Count && tokens[next].Kind is TokenKind.Figure or TokenKind.Mixed;
        return tokens[at].Kind == TokenKind.Word && word.Length is 2 or 3 && word.All(char.IsAsciiLetter) && !Words.Fillers.Contains(word) && !Words.Carriers.Contains(word) && Words.SoundsLikeDigit(word) is null
            && !DigitsReader.BeginsDigits(tokens[at]) && Letters.At(tokens, at) is null && (isBeforeFigures || !word.Any(Vowels.Contains));
    }

    /// <summary>Whether the word before the code is none of its letters, misheard.</summary>
    private static bool MayLeadUp(List<Token> tokens, int at)
    {
        var before = at - 1;
        while (before > 0 && tokens[before].Kind == TokenKind.Sign)
            before--;
        var word = tokens[before].Text;
        if (SoundAlikes.Contains(word))
            return false;
        if (tokens[before].Kind != TokenKind.Word || Words.Fillers.Contains(word) || Separators.Contains(word) || Letters.IsSize(word))
            return true;
        if (Words.Carriers.Contains(word))
            return true;
        // A letter's name after an unknown word may be a word too: "dribble you".
        var isPlain = tokens[at].Kind != TokenKind.Word || tokens[at].IsLetter || DigitsReader.BeginsDigits(tokens[at]) || Letters.IsNato(tokens[at].Text);
        return isPlain && (word.Length > LongestLetterName || Announcing.Contains(word));
    }

    private static bool NextToDigit(List<Token> tokens, int at, StringBuilder code) =>
        (code.Length > 0 && char.IsAsciiDigit(code[^1])) || (at + 1 < tokens.Count && DigitsReader.BeginsDigits(tokens[at + 1]) && tokens[at + 1].Text is not ("oh" or "o"));

    /// <summary>The end of the code, behind a digit with more words before it that sound like digits: "three for to"; in "z for to" they may lead up to another.</summary>
    private static bool IsRest(List<Token> tokens, int at, StringBuilder code) =>
        at == tokens.Count || (char.IsAsciiDigit(code[^1]) && Words.SoundsLikeDigit(tokens[at].Text) is not null && IsRest(tokens, at + 1, code));

    private static bool NextIsCode(List<Token> tokens, int at) => at < tokens.Count && tokens[at].Text == "-"
        ? NextIsCode(tokens, at + 1)
        : at < tokens.Count && (tokens[at].Kind is TokenKind.Figure or TokenKind.Mixed || DigitsReader.BeginsDigits(tokens[at]) || (Letters.At(tokens, at) is not null && !Words.Fillers.Contains(tokens[at].Text)) || Separators.Contains(tokens[at].Text));
}
