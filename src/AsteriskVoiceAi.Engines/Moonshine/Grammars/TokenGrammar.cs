namespace AsteriskVoiceAi.Engines.Moonshine.Grammars;

/// <summary>What may be said, token by token, and what it means. Made once, then only read: thread-safe.</summary>
/// <param name="Start">Where an utterance begins.</param>
/// <param name="Least">Fewest units (digits, letters) of a complete answer; fewer are read too, as the beginning of one.</param>
/// <param name="Most">Most units.</param>
/// <param name="Read">Makes the expected value of what the tokens mean; null = no such value ("the 31st of February").</param>
/// <param name="Write">Makes the text of it; null = the tokens' own text.</param>
internal sealed record TokenGrammar(GrammarNode Start, int Least, int Most, Func<string, string?> Read, Func<string, string>? Write)
{
    /// <summary>What may follow at one place of an utterance.</summary>
    /// <param name="meaning">What the tokens so far mean.</param>
    /// <param name="next">Gets each token that may come next, with where it leads and the meaning by then.</param>
    /// <returns>Whether the utterance may end here, and with what meaning.</returns>
    public string? Follow(GrammarNode node, string meaning, List<GrammarStep> next)
    {
        var end = node.IsFinal ? meaning : null;
        foreach (var (token, to) in node.Tokens)
            next.Add(new(token, to, meaning));
        foreach (var (to, means) in node.Ways)
        {
            if (meaning.Length + means.Length > Most || (to.NeedsRoom && meaning.Length + means.Length == Most))
                continue;
            end = Follow(to, meaning + means, next) ?? end;
        }
        return end;
    }
}

/// <summary>A token that may come next.</summary>
internal readonly record struct GrammarStep(int Token, GrammarNode Node, string Meaning);
