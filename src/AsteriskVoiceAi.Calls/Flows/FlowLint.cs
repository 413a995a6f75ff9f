using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>
/// Advice on a flow's examples, from what routers that had not seen an example made of it: intents that look alike, an example that
/// contradicts its own, an intent that swallows others, too few examples. Nothing here stops a flow from running.
/// </summary>
public sealed class FlowLint
{
    /// <summary>Fewer examples than this leave a router guessing; five are a beginning.</summary>
    private const int FewExamples = 5;

    /// <summary>So many examples of two intents are taken for each other before it is said of the intents, not of an example.</summary>
    private const int Alike = 2;

    /// <summary>Of an intent's examples held out, so many lost to one other are worth a word.</summary>
    private const double AlikeShare = 0.25;

    /// <summary>An intent that gets so many times more examples of others than it has itself, or more, swallows.</summary>
    private const double SwallowShare = 0.5;

    /// <summary>As sure as this the router is that an example is another intent's.</summary>
    private const double SureOfAnother = 0.7;

    private readonly Flow _flow;
    private readonly IntentRouter _router;
    private readonly List<Judged> _judged = [];
    private readonly List<string> _advice = [];

    private FlowLint(LoadedFlow loaded)
    {
        (_flow, _router) = (loaded.Flow, loaded.Router);
        var examples = _flow.Lessons.SelectMany(IntentRouter.Examples).ToList();
        foreach (var row in _router.Model.HeldOutRows)
        {
            var probabilities = _router.Model.Probabilities(row.Evidence);
            var best = Softmax.Likeliest(probabilities);
            _judged.Add(new Judged(examples[row.Example], row.Class, best, probabilities[best]));
        }
    }

    /// <summary>A sentence for each thing to change, the worst first; empty = nothing.</summary>
    public static IReadOnlyList<string> Check(LoadedFlow loaded)
    {
        var lint = new FlowLint(loaded);
        lint.FindContradictions();
        lint.FindSwallowers();
        lint.FindAlike();
        lint.FindFewExamples();
        return lint._advice;
    }

    private void FindContradictions()
    {
        foreach (var example in _judged.Where(example => example.Best != example.Class && example.Probability >= SureOfAnother).OrderByDescending(example => example.Probability))
            _advice.Add($"'{example.Text}' of {Name(example.Class)} reads like {Name(example.Best)}: word it so that it says what only {Name(example.Class)} is about, or move it there.");
    }

    private void FindSwallowers()
    {
        for (var i = 0; i < _flow.Intents.Count; i++)
        {
            var swallowed = _judged.Where(example => example.Best == i && example.Class != i).ToList();
            var own = _flow.Intents[i].Examples.Count;
            if (swallowed.Select(example => example.Class).Distinct().Count() < 2 || swallowed.Count < Math.Max(3, SwallowShare * own))
                continue;
            _advice.Add($"{Name(i)} swallows others: {swallowed.Count} examples of {string.Join(", ", swallowed.Select(example => Name(example.Class)).Distinct())} are taken for it, such as '{swallowed[0].Text}'. Take its vaguest examples out, or give the others more.");
        }
    }

    private void FindAlike()
    {
        for (var a = 0; a < _flow.Intents.Count; a++)
        {
            for (var b = a + 1; b < _flow.Intents.Count; b++)
            {
                var mixed = _judged.Where(example => (example.Class == a && example.Best == b) || (example.Class == b && example.Best == a)).ToList();
                var both = _flow.Intents[a].Examples.Count + _flow.Intents[b].Examples.Count;
                if (mixed.Count >= Alike && mixed.Count >= AlikeShare * both / 2)
                    _advice.Add($"{Name(a)} and {Name(b)} look alike: {mixed.Count} of their {both} examples are taken for the other, such as '{mixed[0].Text}'. Add examples with the words that tell them apart, or make them one intent that asks.");
            }
        }
    }

    private void FindFewExamples()
    {
        foreach (var intent in _flow.Intents.Where(intent => intent.Examples.Count is > 0 and < FewExamples))
            _advice.Add($"'{intent.Name}' has {intent.Examples.Count} example{(intent.Examples.Count == 1 ? "" : "s")}: give it {FewExamples} or more, in callers' own words and different from each other.");
    }

    private string Name(int intent) => $"'{_flow.Intents[intent].Name}'";

    private readonly record struct Judged(string Text, int Class, int Best, double Probability);
}
