namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Texts as vectors: TF-IDF of words and pairs of words beside TF-IDF of character 2- to 5-grams inside words. Words carry
/// meaning where examples match; characters forgive endings, compounds and misheard sounds. Pairs of words, where the table has them, share the words' half.
/// </summary>
internal sealed class NgramSpace
{
    private readonly GramTable _table;

    /// <summary>Of each gram of the table; 0 = no example has it.</summary>
    private readonly float[] _weights;

    /// <summary>Weight of a gram that no example has: more than that of any other.</summary>
    private readonly float _unseen;

    /// <param name="examples">Of some or all texts that the table has learned.</param>
    public NgramSpace(GramTable table, IReadOnlyList<TextGrams> examples)
    {
        _table = table;
        var documents = new int[table.Count];
        foreach (var example in examples)
        {
            for (var i = 0; i < example.Ids.Length; i++)
            {
                if (i == 0 || example.Ids[i] != example.Ids[i - 1])
                    documents[example.Ids[i]]++;
            }
        }
        // Smoothed inverse document frequency: a gram of every text still weighs 1.
        _weights = Array.ConvertAll(documents, seen => seen == 0 ? 0 : (float)(Math.Log((1.0 + examples.Count) / (1.0 + seen)) + 1));
        _unseen = (float)(Math.Log(1.0 + examples.Count) + 1);
    }

    /// <summary>Dimensions.</summary>
    public int Size => _weights.Length;

    /// <summary>The text's vector, of length 1, and which share of the text's weight the known grams have. Empty where no example has any of its grams.</summary>
    public (SparseVector Vector, double Known) Measure(TextGrams text)
    {
        var indices = new int[text.Ids.Length];
        var values = new float[text.Ids.Length];
        double wordSquares = 0, pairSquares = 0, gramSquares = 0;
        var (unknownWords, unknownGrams) = (text.UnknownWords, text.UnknownGrams);
        var known = 0;
        for (int first = 0, next; first < text.Ids.Length; first = next)
        {
            var id = text.Ids[first];
            next = first + 1;
            while (next < text.Ids.Length && text.Ids[next] == id)
                next++;
            var kind = _table.Kind(id);
            if (_weights[id] == 0)
            {
                unknownWords += kind == GramKind.Word ? next - first : 0;
                unknownGrams += kind == GramKind.Letters ? next - first : 0;
                continue;
            }
            // 1 + ln(count): said twice is not meant twice.
            var value = (1 + MathF.Log(next - first)) * _weights[id];
            (indices[known], values[known++]) = (id, value);
            switch (kind)
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
        for (var i = 0; i < known; i++)
            values[i] *= _table.Kind(indices[i]) == GramKind.Letters ? gramScale : wordScale;
        var share = (Share(wordSquares, unknownWords) + Share(gramSquares, unknownGrams)) / 2;
        return (new SparseVector(indices[..known], values[..known]), share);
    }

    private double Share(double known, int unknown) => known > 0 ? known / (known + (unknown * (double)_unseen * _unseen)) : 0;
}
