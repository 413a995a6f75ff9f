namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Very short utterances: "billing", "operator please". A linear model sees too little in one word to be sure; a designer who
/// uses the word for one intent only has said what it means.
/// </summary>
internal sealed class KeywordIndex
{
    /// <summary>What an utterance's keywords are worth as a confidence.</summary>
    private const double Strong = 0.92;
    private const double Weak = 0.5;

    /// <summary>Exactly what an example says. Not 1: a recogniser can mishear one example as another.</summary>
    private const double Exact = 0.98;

    private const int MaxKeywords = 2;
    private const int MaxWords = 6;

    private readonly IReadOnlySet<string> _fillers;
    private readonly Dictionary<string, int?> _whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, int>> _examplesWith = new(StringComparer.Ordinal);

    /// <param name="rows">Words of each example.</param>
    /// <param name="names">Words of each class's name; a name counts as an example that is all keyword.</param>
    public KeywordIndex(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> classes, IReadOnlyList<IReadOnlyList<string>> names, IReadOnlySet<string> fillers)
    {
        _fillers = fillers;
        for (var i = 0; i < rows.Count; i++)
            Add(rows[i], classes[i], weight: 1);
        for (var i = 0; i < names.Count; i++)
            Add(names[i], i, weight: 2);
    }

    /// <summary>The class that the words name, and how sure that makes us; null when they name none, or more than one.</summary>
    public (int Class, double Confidence)? Find(IReadOnlyList<string> words)
    {
        if (_whole.TryGetValue(string.Join(' ', words), out var whole) && whole is { } only)
            return (only, Exact);
        if (words.Count > MaxWords)
            return null;
        var keywords = Content(words);
        if (keywords.Count is 0 or > MaxKeywords)
            return null;
        if (_whole.TryGetValue(string.Join(' ', keywords), out whole) && whole is { } stripped)
            return (stripped, Strong);
        return Owner(keywords);
    }

    /// <summary>Every keyword has to be known, all to one class, and at least one to that class alone.</summary>
    private (int Class, double Confidence)? Owner(List<string> keywords)
    {
        int? owner = null;
        var strength = 0;
        foreach (var keyword in keywords)
        {
            if (!_examplesWith.TryGetValue(keyword, out var classes))
                return null;
            if (classes.Count > 1)
                continue;
            var (only, examples) = classes.Single();
            if (owner is not null && owner != only)
                return null;
            owner = only;
            strength = Math.Max(strength, examples);
        }
        if (owner is not { } found || !keywords.TrueForAll(keyword => _examplesWith[keyword].ContainsKey(found)))
            return null;
        return (found, strength >= 2 ? Strong : Weak);
    }

    private void Add(IReadOnlyList<string> words, int target, int weight)
    {
        var keywords = Content(words);
        Claim(string.Join(' ', words), target);
        if (keywords.Count > 0)
            Claim(string.Join(' ', keywords), target);
        foreach (var keyword in keywords.Distinct())
        {
            if (!_examplesWith.TryGetValue(keyword, out var classes))
                _examplesWith.Add(keyword, classes = []);
            classes[target] = classes.GetValueOrDefault(target) + weight;
        }
    }

    /// <summary>A text that two classes claim belongs to neither.</summary>
    private void Claim(string text, int target)
    {
        if (text.Length > 0 && !_whole.TryAdd(text, target) && _whole[text] != target)
            _whole[text] = null;
    }

    private List<string> Content(IReadOnlyList<string> words) => [.. words.Where(word => !_fillers.Contains(word))];
}
