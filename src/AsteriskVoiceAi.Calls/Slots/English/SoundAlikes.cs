namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>
/// Words that sound like a number, where only a number makes sense: "to weeks", "for o'clock", "a hundred and to pounds". In sentences they
/// stay what they are: "waiting for days", "switch to dollars".
/// </summary>
internal static class SoundAlikes
{
    /// <summary>Nothing else may stand before a preposition that is a number, or behind what it counts.</summary>
    private static readonly HashSet<string> Around = new(
        [.. Words.Fillers, .. "about around roughly maybe probably perhaps say i i'd i'll i'm think guess suppose reckon only another next last past in at for by there there's there'll are be will would we're let's or something oh make".Split(' ')], StringComparer.Ordinal);

    /// <summary>What was said before them was taken back.</summary>
    private static readonly HashSet<string> Repairs = Set("no sorry actually wait mean meant rather");

    /// <summary>"To weeks ago", "for pounds a week".</summary>
    private static readonly HashSet<string> GoingOn = Set("ago from time ' a an per each every");

    private static readonly HashSet<string> Things = Set("people persons adults children kids guests passengers tickets seats places bags cases suitcases rooms boxes copies bottles items pieces parcels packages times");

    /// <returns>With the number's own word where one is meant.</returns>
    public static List<Token> AsNumbers(SlotType type, List<Token> tokens) =>
        [.. tokens.Select((token, at) => Words.SoundsLikeDigit(token.Text) is { } digit && IsNumber(type, tokens, at) ? token with { Text = Words.Units.First(unit => unit.Value == digit).Key } : token)];

    /// <summary>What was heard is another word.</summary>
    public static bool IsOne(Token token) => token.Kind == TokenKind.Word && !token.Raw.Equals(token.Text, StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(SlotType type, List<Token> tokens, int at) =>
        EndsNumber(type, tokens, at) || IsHour(type, tokens, at) || IsAlone(type, tokens, at) || (BeginsAnswer(tokens, at) && Counts(type, tokens, at + 1));

    /// <summary>"Twenty ate", "a hundred and to pounds", "oh for twenty seven", "to thousand and six".</summary>
    private static bool EndsNumber(SlotType type, List<Token> tokens, int at)
    {
        var (before, isTime) = (tokens.WordAt(at - 1), type is SlotType.Time or SlotType.DateTime);
        // "Oh, for two people" is no zero and a four.
        if (type is SlotType.Expiry or SlotType.Date && Words.IsZero(before) && !tokens[at].IsAfterStop)
            return at + 1 < tokens.Count && (Words.IsZero(tokens[at + 1].Text) || tokens[at + 1].Text is "slash" or "/" || Cardinal.At(tokens, at + 1) is not null);
        // "June first to thousand and six".
        if (type is SlotType.Expiry or SlotType.Date && tokens[at].Text is "to" or "too" && tokens.WordAt(at + 1) == "thousand")
            return true;
        // "Two years and for months".
        if (before == "and" && IsUnit(tokens, at - 2) && at > 2 && Cardinal.At(tokens, at - 3) is not null && IsUnit(tokens, at + 1))
            return true;
        // "Twenty to" lacks its hour.
        return (Words.Tens.ContainsKey(before) || (before == "and" && tokens.WordAt(at - 2) is "hundred" or "thousand"))
            && (Counts(type, tokens, at + 1) || (!isTime && tokens.Skip(at + 1).All(token => Words.Fillers.Contains(token.Text))));
    }

    /// <summary>"For o'clock", "half past to", "at for", "ate in the morning", "to thirty pm".</summary>
    private static bool IsHour(SlotType type, List<Token> tokens, int at)
    {
        var before = tokens.WordAt(at - 1);
        if (ClockForms.OClock(tokens, at + 1) > at + 1)
            return at == 0 || Cardinal.At(tokens, at - 1) is null;
        if ((before == "past" && (tokens.WordAt(at - 2) is "half" or "minutes" || (at > 1 && Cardinal.At(tokens, at - 2) is not null))) || (before is "past" or "to" && tokens.WordAt(at - 2) == "quarter"))
            return true;
        if (before != "at" && !BeginsAnswer(tokens, at))
            return false;
        // "Is it for am or pm".
        if (tokens.WordAt(at + 1) is "am" or "pm")
            return tokens.FindLastIndex(token => token.Text is "am" or "pm") == at + 1;
        if (IsHalf(tokens, at + 1))
            return before == "at" || tokens[at].Text is "ate" or "won";
        // "For ten in the morning" has its hour.
        if (at + 1 < tokens.Count && Cardinal.At(tokens, at + 1) is var (minutes, next) && minutes is > 12 and < 60)
            return before == "at" || IsHalf(tokens, next);
        return before == "at" && at == tokens.Count - 1 && type is SlotType.Time or SlotType.DateTime;
    }

    private static bool IsHalf(List<Token> tokens, int at) =>
        tokens.WordAt(at) is "am" or "pm" || (tokens.Follows(at, "in", "the") && tokens.WordAt(at + 2) is "morning" or "afternoon" or "evening") || tokens.Follows(at, "at", "night");

    /// <summary>"Too, please" as the whole answer.</summary>
    private static bool IsAlone(SlotType type, List<Token> tokens, int at) =>
        type is SlotType.Number or SlotType.Percent or SlotType.Ordinal && tokens.Where((_, i) => i != at).All(token => token.Kind == TokenKind.Sign || Words.Fillers.Contains(token.Text));

    /// <summary>"I think for", "no, to": not "been for", "went to", "have it for", and no "I ate".</summary>
    private static bool BeginsAnswer(List<Token> tokens, int at)
    {
        if (tokens.WordAt(at - 1) is "i" or "i'd" or "i'll" or "i'm" or "it" or "that" or "this")
            return false;
        for (var before = at - 1; before >= 0 && !Repairs.Contains(tokens[before].Text); before--)
        {
            if (!Around.Contains(tokens[before].Text) && Months.Day(tokens[before].Text) is null && tokens[before].Text is not ("today" or "tomorrow"))
                return false;
        }
        return true;
    }

    /// <summary>"Weeks", "pounds ninety", "hundred", "of us": what follows a number only, and the answer goes on as answers do.</summary>
    private static bool Counts(SlotType type, List<Token> tokens, int at)
    {
        if (tokens.WordAt(at) is "hundred" or "thousand" or "million" || IsBroken(tokens, at) || (tokens.WordAt(at) == "of" && tokens.WordAt(at + 1) is "us" or "them" or "you"))
            return true;
        if (!IsUnit(tokens, at) && tokens.WordAt(at) != "grand" && !(type == SlotType.Number && Things.Contains(tokens.WordAt(at))))
            return false;
        // "For hours and hours", "for days now", "for percent-based plans".
        var rest = tokens[(at + (tokens.WordAt(at) == "per" ? 2 : 1))..];
        return rest.TrueForAll(token => Around.Contains(token.Text) && token.Text != "now") || GoingOn.Contains(rest[0].Text) || (type is SlotType.Date or SlotType.DateTime && (rest[0].Text is "on" or "today" or "tomorrow" || Months.Day(rest[0].Text) is not null)) || Cardinal.At(rest, rest[0].Text == "and" && rest.Count > 1 ? 1 : 0) is not null;
    }

    /// <summary>"And a half", "point five".</summary>
    private static bool IsBroken(List<Token> tokens, int at) =>
        tokens.Follows(at, "and", "a", "half") || tokens.Follows(at, "and", "a", "quarter") || (tokens.WordAt(at) == "point" && Words.Digit(tokens.WordAt(at + 1)) is not null);

    private static bool IsUnit(List<Token> tokens, int at) =>
        at >= 0 && at < tokens.Count && (DurationReader.IsUnits(tokens[at].Text) || NumberReader.IsPercent(tokens, at) || (MoneyReader.IsCurrency(tokens[at]) && tokens[at].Text.Length > 1));

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
