namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Days and times that a caller does not want: "not tuesday, wednesday", "any day but friday", "I can't do the ninth".</summary>
internal static class RuledOut
{
    private static readonly HashSet<string> Negations = Set("not except excluding can't cannot couldn't won't don't doesn't didn't isn't never");

    private static readonly string[][] Comparisons = [["except", "for"], ["other", "than"], ["rather", "than"], ["apart", "from"], ["aside", "from"], ["instead", "of"]];

    /// <summary>Between the negation and what it denies; "not sure, maybe tuesday" denies nothing.</summary>
    private static readonly HashSet<string> Between = Set("on the this next at in for do make come be have it any a want like to able manage really free available around open");

    /// <summary>"Any day but friday".</summary>
    private static readonly HashSet<string> Everything = Set("any every all anything everything anytime whenever");

    private static readonly HashSet<string> Preferring = Set("best better ideal ideally prefer preferably preferred");

    /// <summary>"Monday doesn't work", "tuesday's no good", "friday I can't".</summary>
    private static readonly string[][] Denials =
    [
        ["doesn't"], ["does", "not"], ["won't"], ["wouldn't"], ["isn't"], ["no", "good"], ["is", "no", "good"], ["is", "not"], ["is", "out"], ["is", "bad"], ["i", "can't"], ["we", "can't"], ["i", "couldn't"], ["i", "won't"], ["i", "don't"],
    ];

    /// <param name="endAt">Where the value ends that begins at a place; null = none does.</param>
    /// <param name="last">Where the last of them begins; null = nothing was ruled out.</param>
    /// <returns>The answer without them.</returns>
    public static List<Token> Remove(IReadOnlyList<Token> tokens, Func<int, int?> endAt, out int? last)
    {
        last = null;
        List<Token> kept = [];
        var (from, at, isOut) = (0, 0, false);
        while (at < tokens.Count)
        {
            if (endAt(at) is not { } end)
            {
                kept.Add(tokens[at++]);
                continue;
            }
            var begin = Negation(tokens, from, at, end) ?? (isOut && IsJoined(tokens, from, at) ? from : IsDenied(tokens, end) ? at : null);
            isOut = begin is not null;
            if (begin is { } first)
            {
                kept.RemoveRange(kept.Count - (at - first), at - first);
                last = at;
            }
            else
                kept.AddRange(tokens.Skip(at).Take(end - at));
            from = at = end;
        }
        return kept;
    }

    /// <summary>Where the words begin that deny what comes at a place.</summary>
    private static int? Negation(IReadOnlyList<Token> tokens, int from, int at, int end)
    {
        for (var before = at - 1; before >= from && !tokens[before + 1].IsAfterStop; before--)
        {
            if (before > from && Array.Exists(Comparisons, words => tokens.Follows(before - 1, words)))
                return before - 1;
            // "Why not tuesday" asks for it.
            if (Negations.Contains(tokens[before].Text))
                return tokens.WordAt(before - 1) is "why" or "if" ? null : before;
            if (tokens[before].Text == "but")
                return IsOfEverything(tokens, before, end) ? before : null;
            if (!Between.Contains(tokens[before].Text) && Months.Day(tokens[before].Text) is null)
                return null;
        }
        return null;
    }

    /// <summary>"Any day but friday", and what is left of "any day, but friday"; "anytime, but friday would be best" is friday.</summary>
    private static bool IsOfEverything(IReadOnlyList<Token> tokens, int but, int end)
    {
        var rest = tokens.Skip(end).ToList();
        if (but == 0)
            return rest.TrueForAll(token => Words.Fillers.Contains(token.Text));
        return (Everything.Contains(tokens[but - 1].Text) || Everything.Contains(tokens.WordAt(but - 2))) && !rest.Exists(token => Preferring.Contains(token.Text));
    }

    /// <summary>"Not monday or tuesday".</summary>
    private static bool IsJoined(IReadOnlyList<Token> tokens, int from, int at) =>
        tokens.WordAt(from) is "or" or "nor" or "and" && tokens.Skip(from + 1).Take(at - from - 1).All(token => token.Text is "on" or "the" or "at");

    private static bool IsDenied(IReadOnlyList<Token> tokens, int end) =>
        Array.Find(Denials, words => tokens.Follows(end, words)) is { } denial && tokens.WordAt(end + denial.Length) is not ("it" or "mind") && !tokens.Follows(end + denial.Length, "a", "problem") && !tokens[end].IsAfterStop;

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
