namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Texts as vectors: TF-IDF of words and pairs of words beside TF-IDF of character 2- to 5-grams inside words. Words carry
/// meaning where examples match; characters forgive endings, compounds and misheard sounds.
/// </summary>
internal sealed class NgramSpace
{
    private const int MinGram = 2;
    private const int MaxGram = 5;

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly float[] _weights;
    private readonly bool[] _isWord;

    /// <summary>Weight of a gram that no example has: more than that of any other.</summary>
    private readonly float _unseen;

    private NgramSpace(IReadOnlyList<IReadOnlyList<string>> texts)
    {
        var documents = new List<int>();
        var isWord = new List<bool>();
        foreach (var text in texts)
        {
            foreach (var (gram, word) in Grams(text).Distinct())
            {
                if (!_index.TryGetValue(gram, out var index))
                {
                    index = documents.Count;
                    _index.Add(gram, index);
                    documents.Add(0);
                    isWord.Add(word);
                }
                documents[index]++;
            }
        }
        // Smoothed inverse document frequency: a gram of every text still weighs 1.
        _weights = [.. documents.Select(seen => (float)(Math.Log((1.0 + texts.Count) / (1.0 + seen)) + 1))];
        _isWord = [.. isWord];
        _unseen = (float)(Math.Log(1.0 + texts.Count) + 1);
    }

    public int Size => _weights.Length;

    public static NgramSpace From(IReadOnlyList<IReadOnlyList<string>> texts) => new(texts);

    /// <summary>The text's vector, of length 1; grams that no example has are left out. Empty when all of them are.</summary>
    public SparseVector Vector(IReadOnlyList<string> words) => Measure(words).Vector;

    /// <summary>The text's vector, and which share of the text's weight the known grams have.</summary>
    public (SparseVector Vector, double Known) Measure(IReadOnlyList<string> words)
    {
        var counts = new SortedDictionary<int, float>();
        double unknownWords = 0, unknownGrams = 0;
        foreach (var (gram, isWord) in Grams(words))
        {
            if (_index.TryGetValue(gram, out var index))
                counts[index] = counts.GetValueOrDefault(index) + 1;
            else if (isWord)
                unknownWords += _unseen * _unseen;
            else
                unknownGrams += _unseen * _unseen;
        }
        var indices = new int[counts.Count];
        var values = new float[counts.Count];
        double wordSquares = 0, gramSquares = 0;
        var at = 0;
        foreach (var (index, count) in counts)
        {
            indices[at] = index;
            // 1 + ln(count): said twice is not meant twice.
            var value = (1 + MathF.Log(count)) * _weights[index];
            values[at++] = value;
            if (_isWord[index])
                wordSquares += value * value;
            else
                gramSquares += value * value;
        }
        // Words and characters have half of the vector each, whatever their number.
        var wordScale = wordSquares > 0 ? (float)Math.Sqrt(0.5 / wordSquares) : 0;
        var gramScale = gramSquares > 0 ? (float)Math.Sqrt(0.5 / gramSquares) : 0;
        for (var i = 0; i < values.Length; i++)
            values[i] *= _isWord[indices[i]] ? wordScale : gramScale;
        var known = (Share(wordSquares, unknownWords) + Share(gramSquares, unknownGrams)) / 2;
        return (new SparseVector(indices, values), known);
    }

    private static double Share(double known, double unknown) => known > 0 ? known / (known + unknown) : 0;

    private static IEnumerable<(string Gram, bool IsWord)> Grams(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            // A blank at each end of a word marks the end for the character grams; "=" keeps both kinds apart.
            yield return ("=" + words[i], true);
            if (i + 1 < words.Count)
                yield return ("=" + words[i] + " " + words[i + 1], true);
            var padded = " " + words[i] + " ";
            for (var length = MinGram; length <= MaxGram && length <= padded.Length; length++)
            {
                for (var start = 0; start + length <= padded.Length; start++)
                    yield return (padded.Substring(start, length), false);
            }
        }
    }
}
