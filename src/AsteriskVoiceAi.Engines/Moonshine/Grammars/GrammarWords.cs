namespace AsteriskVoiceAi.Engines.Moonshine.Grammars;

/// <summary>Adds words to grammars in every way that the model writes them.</summary>
internal sealed class GrammarWords(TokenTable tokens)
{
    private static readonly string[] Marks = [".", ",", "?", "!", "-", "...", ";", ":"];

    public TokenTable Tokens => tokens;

    /// <summary>A word or phrase after a space: in small letters, with the first one capital, and with every word's first one capital.</summary>
    public void Phrase(GrammarNode from, GrammarNode to, string phrase, string means = "")
    {
        foreach (var written in Cases(phrase))
            from.Add(tokens.Encode(written), to, means);
    }

    /// <summary>Words divided by blanks, any of which may stand there; "_" stands for a blank inside one.</summary>
    public void AnyOf(GrammarNode from, GrammarNode to, string phrases, string means = "")
    {
        foreach (var phrase in phrases.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Phrase(from, to, phrase.Replace('_', ' '), means);
    }

    /// <summary>Figures after a space and without one.</summary>
    public void Figures(GrammarNode from, GrammarNode to, string figures, string means)
    {
        from.Add(tokens.Encode(figures), to, means);
        from.Add(tokens.EncodeInside(figures), to, means);
    }

    /// <summary>Punctuation.</summary>
    public void Mark(GrammarNode from, GrammarNode to, params ReadOnlySpan<string> marks)
    {
        foreach (var mark in marks.IsEmpty ? Marks : marks)
            from.Add(tokens.EncodeInside(mark), to);
    }

    private static IEnumerable<string> Cases(string phrase)
    {
        var lower = phrase.ToLowerInvariant();
        var first = char.ToUpperInvariant(phrase[0]) + phrase[1..];
        var every = string.Join(' ', phrase.Split(' ').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        return new[] { phrase, lower, char.ToUpperInvariant(lower[0]) + lower[1..], first, every }.Distinct(StringComparer.Ordinal);
    }
}
