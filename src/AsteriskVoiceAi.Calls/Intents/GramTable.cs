namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// Numbers for the words, pairs of words and character 2- to 5-grams inside words that texts have, in the order in which they were first met. Not
/// safe for many threads while it learns; afterwards it is.
/// </summary>
internal sealed class GramTable
{
    private const int MinGram = 2;
    private const int MaxGram = 5;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<bool> _isWord = [];

    public int Count => _isWord.Count;

    /// <summary>Whether it is a word or a pair of words; a character gram otherwise.</summary>
    public bool IsWord(int gram) => _isWord[gram];

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
            // A blank at each end of a word marks the end for the character grams; "=" keeps both kinds apart.
            Take("=" + words[i], isWord: true);
            if (i + 1 < words.Count)
                Take("=" + words[i] + " " + words[i + 1], isWord: true);
            var padded = " " + words[i] + " ";
            for (var length = MinGram; length <= MaxGram && length <= padded.Length; length++)
            {
                for (var start = 0; start + length <= padded.Length; start++)
                    Take(padded.Substring(start, length), isWord: false);
            }
        }
        var ids = found.ToArray();
        Array.Sort(ids);
        return new TextGrams(ids, unknownWords, unknownGrams);

        void Take(string gram, bool isWord)
        {
            if (_ids.TryGetValue(gram, out var id))
            {
                found.Add(id);
            }
            else if (learns)
            {
                _ids.Add(gram, Count);
                found.Add(Count);
                _isWord.Add(isWord);
            }
            else if (isWord)
            {
                unknownWords++;
            }
            else
            {
                unknownGrams++;
            }
        }
    }
}
