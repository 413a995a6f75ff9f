using AsteriskVoiceAi.Engines.Moonshine.Grammars;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>One way to understand the sound.</summary>
/// <param name="Score">Natural logarithm of its probability among all that the model could write.</param>
/// <param name="Units">Digits, letters or words in it, for comparing scores.</param>
internal sealed record GrammarReading(string Expected, string Text, IReadOnlyList<int> Tokens, double Score, int Units, bool IsComplete)
{
    public double ScorePerUnit => Score / Math.Max(1, Units);
}

/// <summary>
/// The likeliest readings that a grammar allows, found side by side. Readings that the best one has left far behind are given up, so that
/// clear speech costs what one reading costs. Used by one thread.
/// </summary>
/// <param name="width">Most readings side by side; with one the search is greedy, and takes a third of the time.</param>
internal sealed class BeamSearch(TokenGrammar grammar, TokenTable tokens, int width = BeamSearch.Width)
{
    /// <summary>Spellings of the same digits take most of it.</summary>
    public const int Width = 4;

    /// <summary>e^-8: once in 3,000 would a reading this far behind still win.</summary>
    private const double Margin = 8;

    /// <summary>
    /// What it costs a reading to be too short. Where all was said, the decoder now and then drops one of two same digits, at a gain of 1 to 3;
    /// where the rest is still to come, making it up costs 5 and more, though a decoder that repeats itself makes up ten digits as easily as one.
    /// </summary>
    private const double Incomplete = 4;

    private readonly List<GrammarStep> _next = [];
    private readonly List<Hypothesis> _candidates = [];
    private readonly List<(Hypothesis Hypothesis, double Score)> _finished = [];

    /// <returns>The likeliest first, each expected value once; empty = the grammar allows nothing like it.</returns>
    public IReadOnlyList<GrammarReading> Search(MoonshineDecoding decoding, int mostTokens, CancellationToken cancellationToken)
    {
        List<Hypothesis> active = [new(null, -1, grammar.Start, "", 0, 0)];
        for (var step = 0; step < mostTokens && active.Count > 0; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step > 0)
                decoding.Step([.. active.Select(h => h.Token)], [.. active.Select(h => h.Row)]);
            _candidates.Clear();
            for (var row = 0; row < active.Count; row++)
                Extend(active[row], row, decoding.Logits(row));
            active = Best();
            if (_finished.Count > 0 && active.Count > 0 && _finished.Max(f => Value(f.Hypothesis, f.Score)) >= active[0].Score)
                break;
        }
        return Readings();
    }

    private void Extend(Hypothesis parent, int row, ReadOnlySpan<float> logits)
    {
        _next.Clear();
        var end = grammar.Follow(parent.Node, parent.Meaning, _next);
        // The decoder likes to end at once; that something was said is known here.
        var total = TokenChoice.LogSum(logits, except: parent.Parent is null ? TokenTable.End : -1);
        if (end is not null && parent.Parent is not null)
            _finished.Add((parent with { Meaning = end }, parent.Score + logits[TokenTable.End] - total));
        foreach (var (token, node, meaning) in _next)
            _candidates.Add(new(parent, token, node, meaning, row, parent.Score + logits[token] - total));
    }

    private List<Hypothesis> Best()
    {
        _candidates.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        List<Hypothesis> best = [];
        foreach (var candidate in _candidates)
        {
            if (best.Count == width || candidate.Score < _candidates[0].Score - Margin)
                break;
            // Two spellings of the same at the same place: whatever follows follows both.
            if (!best.Exists(other => other.Node == candidate.Node && other.Meaning == candidate.Meaning))
                best.Add(candidate);
        }
        return best;
    }

    private List<GrammarReading> Readings()
    {
        var readings = new List<GrammarReading>();
        foreach (var (hypothesis, score) in _finished.OrderByDescending(f => Value(f.Hypothesis, f.Score)))
        {
            if (grammar.Read(hypothesis.Meaning) is not { } expected || readings.Exists(reading => reading.Expected == expected))
                continue;
            var written = hypothesis.Tokens();
            var text = grammar.Write is { } write ? write(hypothesis.Meaning) : tokens.Decode(written);
            var units = grammar.Write is null ? text.Split(' ').Length : hypothesis.Meaning.Length;
            readings.Add(new(expected, text, written, score, units, hypothesis.Meaning.Length >= grammar.Least));
        }
        return readings;
    }

    private double Value(Hypothesis hypothesis, double score) => score - (hypothesis.Meaning.Length < grammar.Least ? Incomplete : 0);

    /// <param name="Row">The row of the decoder that <paramref name="Token"/> goes on from.</param>
    private sealed record Hypothesis(Hypothesis? Parent, int Token, GrammarNode Node, string Meaning, int Row, double Score)
    {
        public List<int> Tokens()
        {
            var written = new List<int>();
            for (var at = this; at.Parent is not null; at = at.Parent)
                written.Add(at.Token);
            written.Reverse();
            return written;
        }
    }
}
