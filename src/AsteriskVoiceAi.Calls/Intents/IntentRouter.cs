using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Text to intent, learned from a flow's examples when the flow loads: n-gram scores made probabilities, dampened by what
/// no example knows, and lifted where a very short utterance is one intent's keyword. Immutable; safe for many calls at once.
/// </summary>
internal sealed partial class IntentRouter
{
    private readonly string[] _names;
    private readonly NgramModel _model;
    private readonly KeywordIndex _keywords;
    private readonly double _temperature;
    private readonly IntentThresholds _thresholds;
    private readonly IReadOnlySet<string> _fillers;
    private readonly bool _english;

    private IntentRouter(
        string[] names, NgramModel model, KeywordIndex keywords, double temperature, IntentThresholds thresholds, IReadOnlySet<string> fillers, bool english)
    {
        _names = names;
        _model = model;
        _keywords = keywords;
        _temperature = temperature;
        _thresholds = thresholds;
        _fillers = fillers;
        _english = english;
    }

    /// <param name="language">BCP 47 tag of the examples.</param>
    public static IntentRouter Train(IReadOnlyList<IntentExamples> intents, string language, IntentThresholds thresholds)
    {
        if (intents.Count == 0)
            throw new ArgumentException("a router needs an intent", nameof(intents));
        var words = LanguageWords.For(language);
        var english = words?.Language == "en";
        var fillers = words?.Fillers ?? new HashSet<string>();
        var rows = new List<IReadOnlyList<string>>();
        var classes = new List<int>();
        for (var i = 0; i < intents.Count; i++)
        {
            foreach (var example in intents[i].Examples)
            {
                rows.Add(Utterance.Words(example, english));
                classes.Add(i);
            }
        }
        var names = intents.Select(intent => Utterance.Words(NameAsWords(intent.Name), english)).ToList();
        // An intent without examples is still found by its name.
        for (var i = 0; i < intents.Count; i++)
        {
            if (intents[i].Examples.Count == 0)
            {
                rows.Add(names[i]);
                classes.Add(i);
            }
        }
        return new IntentRouter(
            [.. intents.Select(intent => intent.Name)],
            NgramModel.Train(rows, classes, intents.Count),
            new KeywordIndex(rows, classes, names, fillers),
            Temperature.Fit(rows, classes, intents.Count),
            thresholds,
            fillers,
            english);
    }

    /// <summary>Never throws, whatever the text.</summary>
    public IntentDecision Route(string text)
    {
        var (best, confidence) = Best(text);
        if (best is null)
            return new IntentDecision.NoMatch(0, null);
        if (confidence >= _thresholds.Accept)
            return new IntentDecision.Accept(best, confidence);
        return confidence >= _thresholds.Confirm
            ? new IntentDecision.Confirm(best, confidence)
            : new IntentDecision.NoMatch(confidence, best);
    }

    /// <summary>"book_appointment", "book-appointment" and "bookAppointment" as people say them.</summary>
    internal static string NameAsWords(string name) =>
        LowerThenUpper().Replace(name, "$1 $2").Replace('_', ' ').Replace('-', ' ').ToLowerInvariant();

    /// <summary>The nearest intent and how likely it is right; null = no words, or none that any example has.</summary>
    internal (string? Intent, double Confidence) Best(string text)
    {
        var words = Utterance.Words(text, _english);
        if (words.Count == 0)
            return (null, 0);
        var (scores, cosine) = _model.Score(words);
        // Politeness tells nothing about the scope: "no, thank you" is not half known because an example has a "you".
        var known = _model.KnownShare([.. words.Where(word => !_fillers.Contains(word))]);
        var probabilities = Temperature.Softmax(scores, _temperature);
        var best = Array.IndexOf(probabilities, probabilities.Max());
        var confidence = Confidence(probabilities, best, cosine, known);
        if (_keywords.Find(words) is var (named, sure) && (named == best || sure > confidence))
            return (_names[named], Math.Max(sure, named == best ? confidence : 0));
        return known > 0 ? (_names[best], confidence) : (null, 0);
    }

    /// <summary>
    /// The probability says which intent if it is one of them; how much of the words the examples know, and how near the nearest
    /// example is, say whether it is one of them at all. Together they are one logistic curve, fitted on five labelled sets of 5
    /// to 20 examples an intent with one utterance in six out of scope.
    /// </summary>
    private static double Confidence(double[] probabilities, int best, double cosine, double known)
    {
        var probability = probabilities[best];
        // With a single intent the probability is always 1 and says nothing.
        var odds = probabilities.Length == 1 ? 0 : Math.Log(probability / (1 - Math.Min(probability, 0.9999)));
        var logit = 0.4 + 0.63 * odds + 0.2 * Math.Log(Math.Max(cosine, 0.02)) + 1.2 * Math.Log(Math.Max(known, 0.01));
        // Never surer than between the best two: with two intents even chances are a probability of one half.
        var second = probabilities.Where((_, i) => i != best).DefaultIfEmpty(0).Max();
        return Math.Min(1 / (1 + Math.Exp(-logit)), probability / (probability + second));
    }

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex LowerThenUpper();
}
