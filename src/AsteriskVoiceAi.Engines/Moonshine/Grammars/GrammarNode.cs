namespace AsteriskVoiceAi.Engines.Moonshine.Grammars;

/// <summary>A place in a grammar: tokens lead on from it, or it goes over into another place and so means something.</summary>
internal sealed class GrammarNode
{
    private readonly Dictionary<int, GrammarNode> _tokens = [];
    private readonly List<(GrammarNode To, string Means)> _ways = [];

    /// <summary>The utterance may end here.</summary>
    public bool IsFinal { get; init; }

    /// <summary>All ways from here mean something more, so there is no point in coming here when nothing more may be said.</summary>
    public bool NeedsRoom { get; init; }

    public IReadOnlyDictionary<int, GrammarNode> Tokens => _tokens;

    public IReadOnlyList<(GrammarNode To, string Means)> Ways => _ways;

    /// <summary>Lets these tokens lead to <paramref name="to"/>; ways that begin alike share their beginning.</summary>
    public void Add(IEnumerable<int> tokens, GrammarNode to, string means = "")
    {
        var node = this;
        foreach (var token in tokens)
        {
            if (!node._tokens.TryGetValue(token, out var next))
                node._tokens.Add(token, next = new());
            node = next;
        }
        node.Join(to, means);
    }

    /// <summary>Goes over into <paramref name="to"/> without a token.</summary>
    public void Join(GrammarNode to, string means = "")
    {
        if (to != this && !_ways.Contains((to, means)))
            _ways.Add((to, means));
    }
}
