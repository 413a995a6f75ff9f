using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Places in a list said among other words: "the first one sounds lovely", "the one at the top". Other uses of such words are none: "the first time", "second floor".</summary>
internal static class PlaceMentions
{
    public const string Last = "last";

    private static readonly HashSet<string> Announcing = Set("option number press choice choose pick select item answer key button door line hit take #");

    private static readonly HashSet<string> Listed = Set("one option choice item entry selection suggestion possibility");

    /// <summary>Things that are listed where nothing else is told of them: "the third appointment please".</summary>
    private static readonly HashSet<string> ListedAtEnd = Set("slot appointment date offer number name");

    /// <summary>"My first one", "a second one": none of the list's.</summary>
    private static readonly HashSet<string> NotOfList = Set("a an my our your his her their its another other every each");

    /// <summary>The caller asks about the list: "what was the second one again".</summary>
    private static readonly HashSet<string> Asking = Set("what what's whats which repeat again explain describe difference differ mean means who why when where tell read none neither");

    private static readonly HashSet<string> AskingFirst = Set("is are was were does did has will would isn't aren't wasn't doesn't");

    private static readonly HashSet<string> Negations = Set("not don't doesn't didn't isn't won't can't wouldn't never than nor neither except skip");

    /// <summary>"The one after the second": another place than the one that is named.</summary>
    private static readonly HashSet<string> Beside = Set("after before above below under past following between beside until since");

    /// <summary>"The first one you mentioned"; "the first one I bought" is none of the list's.</summary>
    private static readonly HashSet<string> OfListing = Set("said mentioned listed read offered gave give named suggested told think guess want would like reckon suppose believe please just can could heard");

    /// <returns>Each place once; one without a value where two are joined: "second or third".</returns>
    public static List<(string? Place, bool IsAnnounced)> Find(IReadOnlyList<Token> tokens)
    {
        List<(string? Place, bool IsAnnounced)> found = [];
        var from = 0;
        for (var at = 0; at < tokens.Count; at++)
        {
            if ((Announced(tokens, at) ?? Mentioned(tokens, at)) is not var (place, next, isAnnounced))
                continue;
            if (IsJoined(tokens, next) || IsBeside(tokens, at))
                return [(null, false)];
            if (!IsRuledOut(tokens, from, at) && (isAnnounced || IsOfList(tokens, at, next)) && !found.Exists(known => known.Place == place))
                found.Add((place, isAnnounced));
            from = next;
            at = next - 1;
        }
        return found.Count > 0 && Asks(tokens) ? [(null, false)] : found;
    }

    public static bool IsLast(string word) => word is "last" or "final" or "bottom";

    /// <summary>"Option two", "press 3", "number for".</summary>
    private static (string Place, int Next, bool IsAnnounced)? Announced(IReadOnlyList<Token> tokens, int at)
    {
        if (!Announcing.Contains(tokens[at].Text) || at + 1 >= tokens.Count)
            return null;
        var after = tokens[at + 1].Text is "number" or "option" or "-" && at + 2 < tokens.Count ? at + 2 : at + 1;
        if (OrdinalReader.Count(tokens, after) is { } counted)
            return (counted, Cardinal.At(tokens, after)!.Value.Next, true);
        var isAtEnd = after + 1 == tokens.Count || tokens[after + 1].Text == "please";
        return isAtEnd && tokens[at].Text is "option" or "number" or "press" && Words.SoundsLikeDigit(tokens[after].Text) is { } sound ? (sound.ToString(CultureInfo.InvariantCulture), after + 1, true) : null;
    }

    private static (string Place, int Next, bool IsAnnounced)? Mentioned(IReadOnlyList<Token> tokens, int at) =>
        OrdinalReader.OrdinalAt(tokens, at) is var (ordinal, next) ? (ordinal.ToString(CultureInfo.InvariantCulture), next, false)
        : IsLast(tokens[at].Text) ? (Last, at + 1, false)
        : tokens[at].Text == "top" ? ("1", at + 1, false)
        : tokens[at].Text == "end" ? (Last, at + 1, false)
        : null;

    /// <summary>"Second or third", "the first and the second", "last but one", "second to last", and "the first two".</summary>
    private static bool IsJoined(IReadOnlyList<Token> tokens, int next)
    {
        var at = Listed.Contains(tokens.WordAt(next)) ? next + 1 : next;
        if (tokens.Follows(at, "but", "one"))
            return true;
        // "The first one on the second page".
        if (tokens.WordAt(at) is "on" or "in" or "of" && tokens.WordAt(at + 1) == "the" && at + 2 < tokens.Count && OrdinalReader.OrdinalAt(tokens, at + 2) is not null)
            return true;
        if (tokens.WordAt(at) is not ("or" or "and" or "to" or "through" or "/"))
            return false;
        do
            at++;
        while (tokens.WordAt(at) is "the" or "maybe" or "possibly" or "perhaps" or "even" or "very" or "option" or "number" or "possibly");
        return at < tokens.Count && (Mentioned(tokens, at) is not null || OrdinalReader.Count(tokens, at) is not null);
    }

    private static bool IsBeside(IReadOnlyList<Token> tokens, int at)
    {
        var before = tokens.WordAt(at - 1) is "the" or "very" ? at - 2 : at - 1;
        return Beside.Contains(tokens.WordAt(before)) || tokens.Follows(before - 1, "next", "to");
    }

    /// <summary>"Not the first one", "better than the first": a word before it in its sentence.</summary>
    private static bool IsRuledOut(IReadOnlyList<Token> tokens, int from, int at)
    {
        for (var before = at - 1; before >= from && !tokens[before + 1].IsAfterStop; before--)
        {
            if (Negations.Contains(tokens[before].Text) || tokens.Follows(before, "instead", "of") || tokens.Follows(before, "rather", "than"))
                return true;
            if (tokens[before].Text == "but" && tokens.WordAt(before - 1) is "anything" or "all" or "any" or "everything")
                return true;
        }
        return false;
    }

    private static bool IsOfList(IReadOnlyList<Token> tokens, int at, int next)
    {
        var before = tokens.WordAt(at - 1) == "very" ? at - 2 : at - 1;
        if (Listed.Contains(tokens.WordAt(next)))
            return !NotOfList.Contains(tokens.WordAt(before)) && !TellsStory(tokens, next + 1);
        if (ListedAtEnd.Contains(tokens.WordAt(next)))
            return !NotOfList.Contains(tokens.WordAt(before)) && EndsSentence(tokens, next + 1);
        if (tokens.WordAt(before) != "the" || !EndsSentence(tokens, next))
            return false;
        // "The one at the top", "the option on the bottom"; "at the top" of anything else is no place in the list.
        if (tokens[at].Text is "top" or "bottom" or "end")
            return tokens.WordAt(before - 1) is "at" or "on" or "from" && tokens.Take(before - 1).Any(token => Listed.Contains(token.Text));
        // "On the second" is a day.
        return tokens.WordAt(before - 1) is not ("on" or "by" or "till" or "from" or "in");
    }

    /// <summary>Nothing but "please" and the like up to the end or the next sentence, or "of the list", "of those three".</summary>
    private static bool EndsSentence(IReadOnlyList<Token> tokens, int next)
    {
        if (tokens.WordAt(next) is "of" or "on" or "in" && tokens.WordAt(next + 1) is "the" or "your" or "that" && tokens.WordAt(next + 2) is "list" or "menu" or "options" or "choices")
            next += 3;
        if (tokens.WordAt(next) == "out")
            next++;
        if (tokens.WordAt(next) == "of" && tokens.WordAt(next + 1) is "those" or "these" or "them")
            next += next + 2 < tokens.Count && OrdinalReader.Count(tokens, next + 2) is not null ? 3 : 2;
        for (var at = next; at < tokens.Count && (at == 0 || !tokens[at].IsAfterStop); at++)
        {
            if (!Words.Fillers.Contains(tokens[at].Text) && !OrdinalReader.IsAround(tokens[at].Text) && tokens[at].Text is not ("mate" or "then" or "cheers" or "ta" or "love" or "if"))
                return false;
        }
        return true;
    }

    private static bool TellsStory(IReadOnlyList<Token> tokens, int at) =>
        at + 1 < tokens.Count && !tokens[at].IsAfterStop && tokens[at].Text is "i" or "we" or "you" or "they" or "he" or "she" && !OfListing.Contains(tokens[at + 1].Text) && !Words.Fillers.Contains(tokens[at + 1].Text);

    private static bool Asks(IReadOnlyList<Token> tokens)
    {
        var first = 0;
        while (first < tokens.Count - 1 && (Words.Fillers.Contains(tokens[first].Text) || tokens[first].Text is "and" or "sorry" or "but") && !AskingFirst.Contains(tokens[first].Text))
            first++;
        if (AskingFirst.Contains(tokens[first].Text) || (tokens[first].Text == "do" && tokens.WordAt(first + 1) is "you" or "i" or "they" or "we"))
            return true;
        for (var at = 0; at < tokens.Count; at++)
        {
            // "The last one you read out".
            if (tokens[at].Text == "read" && tokens.WordAt(at - 1) == "you" && (Listed.Contains(tokens.WordAt(at - 2)) || IsLast(tokens.WordAt(at - 2))))
                continue;
            if (Asking.Contains(tokens[at].Text) || (tokens[at].Text == "about" && tokens.WordAt(at - 1) != "how") || tokens.Follows(at, "you", "say"))
                return true;
        }
        return false;
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
