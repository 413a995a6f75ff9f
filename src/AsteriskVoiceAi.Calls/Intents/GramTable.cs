namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Numbers for the words, words that follow each other and character 2- to 5-grams inside words that texts have, in the order in which they were
/// first met. Not safe for many threads while it learns; afterwards it is.
/// </summary>
/// <param name="pairs">Two words count, too, that stand near each other in any order: "card … lost" like "lost my card".</param>
internal sealed class GramTable(bool pairs)
{
    /// <summary>Words further apart than this are no pair; bounds the work per utterance.</summary>
    private const int PairDistance = 8;

    private const int MinGram = 2;
    private const int MaxGram = 5;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<GramKind> _kinds = [];

    public int Count => _kinds.Count;

    public GramKind Kind(int gram) => _kinds[gram];

    /// <summary>The grams of a text, each of which has a number from now on.</summary>
    public TextGrams Learn(IReadOnlyList<string> words) => Walk(words, learns: true);

    /// <summary>The grams of a text that have a number.</summary>
    public TextGrams Find(IReadOnlyList<string> words) => Walk(words, learns: false);

    private TextGrams Walk(IReadOnlyList<string> words, bool learns)
    {
        var found = new List<int>();
        int unknownWords = 0, unknownGrams = 0;
        for (var i = 0; i < words.Count; i++)
        {
            // A blank at each end of a word marks the end for the character grams; "=" and "~" keep the kinds apart.
            Take("=" + words[i], GramKind.Word);
            if (i + 1 < words.Count)
                Take("=" + words[i] + " " + words[i + 1], GramKind.Word);
            for (var other = i + 1; pairs && other < words.Count && other <= i + PairDistance; other++)
                Take(Pair(words[i], words[other]), GramKind.Pair);
            var padded = " " + words[i] + " ";
            for (var length = MinGram; length <= MaxGram && length <= padded.Length; length++)
            {
                for (var start = 0; start + length <= padded.Length; start++)
                    Take(padded.Substring(start, length), GramKind.Letters);
            }
        }
        var ids = found.ToArray();
        Array.Sort(ids);
        return new TextGrams(ids, unknownWords, unknownGrams);

        void Take(string gram, GramKind kind)
        {
            if (_ids.TryGetValue(gram, out var id))
            {
                found.Add(id);
            }
            else if (learns)
            {
                _ids.Add(gram, Count);
                found.Add(Count);
                _kinds.Add(kind);
            }
            else if (kind == GramKind.Word)
            {
                unknownWords++;
            }
            else if (kind == GramKind.Letters)
            {
                unknownGrams++;
            }
        }
    }

    private static string Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? $"~{one} {other}" : $"~{other} {one}";
}
