namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Texts as vectors: TF-IDF of words and pairs of words beside TF-IDF of character 2- to 5-grams inside words. Words carry
/// meaning where examples match; characters forgive endings, compounds and misheard sounds. With <c>pairs</c> two words also count that
/// stand near each other in any order, "card … lost" like "lost my card".
/// </summary>
internal sealed class NgramSpace
{
    private const int MinGram = 2;
    private const int MaxGram = 5;

    /// <summary>Words further apart than this are no pair; bounds the work per utterance.</summary>
    private const int PairDistance = 8;

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly float[] _weights;
    private readonly GramKind[] _kinds;
    private readonly bool _pairs;

    /// <summary>Weight of a gram that no example has: more than that of any other.</summary>
    private readonly float _unseen;

    private NgramSpace(IReadOnlyList<IReadOnlyList<string>> texts, bool pairs)
    {
        _pairs = pairs;
        var documents = new List<int>();
        var kinds = new List<GramKind>();
        foreach (var text in texts)
        {
            foreach (var (gram, kind) in Grams(text).Distinct())
            {
                if (!_index.TryGetValue(gram, out var index))
                {
                    index = documents.Count;
                    _index.Add(gram, index);
                    documents.Add(0);
                    kinds.Add(kind);
                }
                documents[index]++;
            }
        }
        // Smoothed inverse document frequency: a gram of every text still weighs 1.
        _weights = [.. documents.Select(seen => (float)(Math.Log((1.0 + texts.Count) / (1.0 + seen)) + 1))];
        _kinds = [.. kinds];
        _unseen = (float)(Math.Log(1.0 + texts.Count) + 1);
    }

    public int Size => _weights.Length;

    public static NgramSpace From(IReadOnlyList<IReadOnlyList<string>> texts, bool pairs = false) => new(texts, pairs);

    /// <summary>The text's vector, of length 1; grams that no example has are left out. Empty when all of them are.</summary>
    public SparseVector Vector(IReadOnlyList<string> words) => Measure(words).Vector;

    /// <summary>The text's vector, and which share of the text's weight the known grams have.</summary>
    public (SparseVector Vector, double Known) Measure(IReadOnlyList<string> words)
    {
        var counts = new SortedDictionary<int, float>();
        double unknownWords = 0, unknownGrams = 0;
        foreach (var (gram, kind) in Grams(words))
        {
            if (_index.TryGetValue(gram, out var index))
                counts[index] = counts.GetValueOrDefault(index) + 1;
            else if (kind == GramKind.Word)
                unknownWords += _unseen * _unseen;
            else if (kind == GramKind.Letters)
                unknownGrams += _unseen * _unseen;
        }
        var indices = new int[counts.Count];
        var values = new float[counts.Count];
        double wordSquares = 0, pairSquares = 0, gramSquares = 0;
        var at = 0;
        foreach (var (index, count) in counts)
        {
            indices[at] = index;
            // 1 + ln(count): said twice is not meant twice.
            var value = (1 + MathF.Log(count)) * _weights[index];
            values[at++] = value;
            switch (_kinds[index])
            {
                case GramKind.Word:
                    wordSquares += value * value;
                    break;
                case GramKind.Pair:
                    pairSquares += value * value;
                    break;
                default:
                    gramSquares += value * value;
                    break;
            }
        }
        // Words and characters have half of the vector each, whatever their number.
        var wordScale = wordSquares > 0 ? (float)Math.Sqrt(0.5 / (wordSquares + pairSquares)) : 0;
        var gramScale = gramSquares > 0 ? (float)Math.Sqrt(0.5 / gramSquares) : 0;
        for (var i = 0; i < values.Length; i++)
            values[i] *= _kinds[indices[i]] == GramKind.Letters ? gramScale : wordScale;
        var known = (Share(wordSquares, unknownWords) + Share(gramSquares, unknownGrams)) / 2;
        return (new SparseVector(indices, values), known);
    }

    private static double Share(double known, double unknown) => known > 0 ? known / (known + unknown) : 0;

    private IEnumerable<(string Gram, GramKind Kind)> Grams(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            // A blank at each end of a word marks the end for the character grams; "=" and "~" keep the kinds apart.
            yield return ("=" + words[i], GramKind.Word);
            if (i + 1 < words.Count)
                yield return ("=" + words[i] + " " + words[i + 1], GramKind.Word);
            for (var other = i + 1; _pairs && other < words.Count && other <= i + PairDistance; other++)
                yield return (Pair(words[i], words[other]), GramKind.Pair);
            var padded = " " + words[i] + " ";
            for (var length = MinGram; length <= MaxGram && length <= padded.Length; length++)
            {
                for (var start = 0; start + length <= padded.Length; start++)
                    yield return (padded.Substring(start, length), GramKind.Letters);
            }
        }
    }

    private static string Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? $"~{one} {other}" : $"~{other} {one}";

    private enum GramKind
    {
        Word,
        Pair,
        Letters,
    }
}
