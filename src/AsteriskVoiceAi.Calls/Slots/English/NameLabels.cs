namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Names whose parts are told: "first name Olivia, surname Bennett", "I'm Nathan and my last name is Oduya".</summary>
internal static class NameLabels
{
    private const int First = 0, Middle = 1, Last = 2;

    /// <returns>Null = no part is told.</returns>
    public static List<Token>? Read(List<Token> piece)
    {
        var labels = Enumerable.Range(0, piece.Count).Where(at => Label(piece, at) is not null).ToList();
        if (labels.Count == 0 || labels.Exists(at => IsAfterName(piece, at)))
            return null;
        IReadOnlyList<Token>? Part(int from, int to) => NameRuns.Distinct(NameRuns.Of(piece[from..to])) is [var run] ? run.Words : null;
        var parts = new IReadOnlyList<Token>?[Last + 1];
        for (var i = 0; i < labels.Count; i++)
        {
            var (place, length) = Label(piece, labels[i])!.Value;
            parts[place] = Part(labels[i] + length, i + 1 < labels.Count ? labels[i + 1] : piece.Count);
        }
        // "It's wei chen, last name chen": the other part is before it.
        var missing = parts[First] is null ? First : Last;
        if (labels[0] > 0 && parts[missing] is null && parts[Last - missing] is { } told)
            parts[missing] = Part(0, labels[0])?.Where(word => !told.Any(part => part.Text == word.Text)).ToList();
        List<Token> words = [.. parts.SelectMany(part => part ?? [])];
        return words.Count is 0 or > NameRuns.MostWords ? null : words;
    }

    private static (int Place, int Length)? Label(List<Token> tokens, int at)
    {
        var isName = tokens.WordAt(at + 1) is "name" or "name's" or "names";
        return tokens[at].Text switch
        {
            // "My first is Hannah".
            "first" when tokens.WordAt(at - 1) == "my" && tokens.WordAt(at + 1) == "is" => (First, 2),
            "last" when tokens.WordAt(at - 1) == "my" && tokens.WordAt(at + 1) == "is" => (Last, 2),
            "first" or "given" or "christian" when isName => (First, 2),
            "middle" when isName => (Middle, 2),
            "last" or "family" or "second" when isName => (Last, 2),
            "forename" or "forename's" => (First, 1),
            "surname" or "surname's" => (Last, 1),
            _ => null,
        };
    }

    /// <summary>"Jane, that's my first name", "chen is the surname": told of the name before it.</summary>
    public static bool IsAfterName(IReadOnlyList<Token> tokens, int at) => tokens.WordAt(at - 1) is "my" or "the" or "his" or "her" && (tokens.WordAt(at - 2) is "is" or "was" or "being" || tokens.WordAt(at - 2).EndsWith("'s", StringComparison.Ordinal));
}
