using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Text to intent, learned from a flow's examples when the flow loads: what the words and the meaning say made a probability, dampened
/// by how far the nearest example is, and lifted where a very short utterance is one intent's keyword. Immutable; safe for many calls at once.
/// </summary>
internal sealed partial class IntentRouter
{
    /// <summary>What the flow's own word for it is worth; not 1, since it may be misheard.</summary>
    private const double PhraseConfidence = 0.92;

    /// <summary>From this share on the examples have an utterance's words of politeness.</summary>
    private const double KnownFillers = 0.5;

    /// <summary>From this share of the best one's probability on the second is worth a word in the question.</summary>
    private const double NearlyAsLikely = 0.5;

    private readonly string[] _names;
    private readonly IntentModel _model;
    private readonly KeywordIndex _keywords;
    private readonly PhraseIndex _phrases;
    private readonly IReadOnlySet<string> _fillers;
    private readonly bool _english;

    private IntentRouter(string[] names, IntentModel model, KeywordIndex keywords, PhraseIndex phrases, IntentThresholds thresholds, IReadOnlySet<string> fillers, bool english)
    {
        _names = names;
        _model = model;
        (_keywords, _phrases) = (keywords, phrases);
        var heldOut = model.JudgeHeldOut();
        Levels = DecisionLevels.For(thresholds, heldOut);
        Forecast = RouterForecast.Of(heldOut, Levels);
        _fillers = fillers;
        _english = english;
    }

    /// <summary>From which confidences on it acts and asks.</summary>
    public DecisionLevels Levels { get; }

    /// <summary>What that means in calls.</summary>
    public RouterForecast Forecast { get; }

    /// <summary>Whether <see cref="Route"/> can use vectors.</summary>
    public bool HasMeaning => _model.HasMeaning;

    internal IntentModel Model => _model;

    internal IReadOnlyList<string> Names => _names;

    /// <param name="language">BCP 47 tag of the examples.</param>
    public static IntentRouter Train(IReadOnlyList<IntentExamples> intents, string language, IntentThresholds thresholds) => Train(intents, language, thresholds, null);

    /// <param name="vectors">Of the <see cref="Texts"/>, in their order; null = words alone.</param>
    /// <param name="temperatures">Null = fitted.</param>
    public static IntentRouter Train(IReadOnlyList<IntentExamples> intents, string language, IntentThresholds thresholds, IReadOnlyList<float[]>? vectors, Temperatures? temperatures = null)
    {
        if (intents.Count == 0)
            throw new ArgumentException("a router needs an intent", nameof(intents));
        var words = LanguageWords.For(language);
        var english = words?.Language == "en";
        var fillers = words?.Fillers ?? new HashSet<string>();
        var rows = new List<IReadOnlyList<string>>();
        var classes = new List<int>();
        var names = new List<NamedVector>();
        var examples = new List<float[]>();
        var at = 0;
        for (var i = 0; i < intents.Count; i++)
        {
            foreach (var text in Examples(intents[i]))
            {
                rows.Add(Utterance.Words(text, english));
                classes.Add(i);
                if (vectors is not null)
                    examples.Add(vectors[at++]);
            }
        }
        for (var i = 0; vectors is not null && i < intents.Count; i++)
        {
            if (NameRow(intents[i]) is not null)
                names.Add(new NamedVector(vectors[at++], i));
        }
        // Where nothing else knows the meaning pairs of words bring a point, beside the encoder nothing.
        var table = new GramTable(pairs: vectors is null);
        var set = new TrainingSet(table, [.. rows.Select(table.Learn)], classes, intents.Count, vectors is null ? null : examples, names);
        return new IntentRouter(
            [.. intents.Select(intent => intent.Name)],
            IntentModel.Train(set, temperatures),
            new KeywordIndex(rows, classes, [.. intents.Select(intent => Utterance.Words(NameAsWords(intent.Name), english))], fillers),
            new PhraseIndex(intents.SelectMany((intent, i) => intent.Phrases.Select(phrase => (Utterance.Words(phrase, english), i)))),
            thresholds,
            fillers,
            english);
    }

    /// <summary>The texts whose vectors the training takes: examples, then the names of the intents as words.</summary>
    public static IReadOnlyList<string> Texts(IReadOnlyList<IntentExamples> intents) =>
        [.. intents.SelectMany(Examples), .. intents.Select(NameRow).OfType<string>()];

    /// <summary>Never throws, whatever the text.</summary>
    /// <param name="vector">Of the text; null = the words alone decide.</param>
    public IntentDecision Route(string text, float[]? vector = null) => Route([new Reading(text, 1, vector)]);

    /// <param name="readings">What the utterance may have been, the likeliest first; at least one.</param>
    public IntentDecision Route(IReadOnlyList<Reading> readings)
    {
        var (best, confidence, second) = Weigh(readings);
        if (best is null)
            return new IntentDecision.NoMatch(0, null);
        if (confidence >= Levels.Accept)
            return new IntentDecision.Accept(best, confidence);
        return confidence >= Levels.Confirm
            ? new IntentDecision.Confirm(best, confidence) { Or = second }
            : new IntentDecision.NoMatch(confidence, best);
    }

    /// <summary>"book_appointment", "book-appointment" and "bookAppointment" as people say them.</summary>
    internal static string NameAsWords(string name) =>
        LowerThenUpper().Replace(name, "$1 $2").Replace('_', ' ').Replace('-', ' ').ToLowerInvariant();

    internal (string? Intent, double Confidence) Best(string text, float[]? vector = null) => Best([new Reading(text, 1, vector)]);

    internal (string? Intent, double Confidence) Best(IReadOnlyList<Reading> readings)
    {
        var (best, confidence, _) = Weigh(readings);
        return (best, confidence);
    }

    /// <summary>The nearest intent, how likely it is right, and another that is nearly as likely; null = no words, or none that any example has.</summary>
    private (string? Intent, double Confidence, string? Second) Weigh(IReadOnlyList<Reading> readings)
    {
        var words = Utterance.Words(readings[0].Text, _english);
        if (words.Count == 0)
            return (null, 0, null);
        var first = Look(words, readings[0].Vector);
        var (probabilities, evidence) = readings.Count == 1 ? (_model.Probabilities(first), first) : Mix(first, readings);
        var best = Softmax.Likeliest(probabilities);
        var confidence = _model.Confidence.Of(probabilities, best, evidence);
        if (_keywords.Find(words) is var (named, sure) && (named == best || sure > confidence))
            return (_names[named], Math.Max(sure, named == best ? confidence : 0), null);
        if (_phrases.Find(words) is { } meant)
            return (_names[meant], Math.Max(PhraseConfidence, meant == best ? confidence : 0), null);
        return evidence.Known > 0 || (evidence.Meaning is not null && SaysSomething(words)) ? (_names[best], confidence, Second(probabilities, best)) : (null, 0, null);
    }

    private string? Second(double[] probabilities, int best)
    {
        var second = -1;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (i != best && (second < 0 || probabilities[i] > probabilities[second]))
                second = i;
        }
        return second >= 0 && probabilities[second] >= NearlyAsLikely * probabilities[best] ? _names[second] : null;
    }

    /// <summary>"Yes" and "please" mean something and want nothing, but in a flow whose examples have these very words.</summary>
    private bool SaysSomething(IReadOnlyList<string> words) => words.Any(word => !_fillers.Contains(word)) || _model.KnownShare(words) >= KnownFillers;

    /// <summary>Readings that agree make each other surer, readings that do not share the probability.</summary>
    private (double[] Probabilities, Evidence Evidence) Mix(Evidence first, IReadOnlyList<Reading> readings)
    {
        var total = readings.Sum(reading => Math.Max(reading.Weight, 0.01));
        var probabilities = new double[_names.Length];
        double wordCosine = 0, known = 0, cosine = 0;
        for (var i = 0; i < readings.Count; i++)
        {
            var share = Math.Max(readings[i].Weight, 0.01) / total;
            // Where the first has no vector none is used, so that all are judged alike.
            var evidence = i == 0 ? first : Look(Utterance.Words(readings[i].Text, _english), first.Meaning is null ? null : readings[i].Vector);
            var one = _model.Probabilities(evidence);
            for (var k = 0; k < one.Length; k++)
                probabilities[k] += share * one[k];
            wordCosine += share * evidence.WordCosine;
            known += share * evidence.Known;
            cosine += share * evidence.Cosine;
        }
        return (probabilities, first with { WordCosine = wordCosine, Known = known, Cosine = cosine });
    }

    internal Evidence Look(IReadOnlyList<string> words, float[]? vector) => _model.Look(words, [.. words.Where(word => !_fillers.Contains(word))], vector);

    /// <summary>An intent without examples is still found by its name.</summary>
    internal static IReadOnlyList<string> Examples(IntentExamples intent) => intent.Examples.Count + intent.Phrases.Count > 0 ? [.. intent.Examples, .. intent.Phrases] : [NameAsWords(intent.Name)];

    private static string? NameRow(IntentExamples intent) => NameAsWords(intent.Name) is var name && name.Any(char.IsLetter) ? name : null;

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex LowerThenUpper();
}
