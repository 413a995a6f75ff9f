using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.SentenceEncoder;

/// <summary>
/// BERT's uncased WordPiece vocabulary: a text to token ids, as the model was trained to read it. A caller's "[MASK]" is five plain tokens,
/// never the model's own mark. Thread-safe.
/// </summary>
internal sealed class WordPieces
{
    public const long Begin = 101;
    public const long End = 102;

    private const int Unknown = 100;

    /// <summary>The model reads 128 tokens, two of them marks. Callers stay under 60.</summary>
    private const int MaxPieces = 126;

    /// <summary>In scalar values; a longer word is unknown as a whole.</summary>
    private const int MaxWord = 100;

    /// <summary>Far more than 126 pieces; bounds the work on a hostile text.</summary>
    private const int MaxText = 16_000;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly int _longest;

    private WordPieces(Dictionary<string, int> ids)
    {
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = ids.Keys.Max(piece => piece.Length);
    }

    /// <summary>Reads <c>vocab.txt</c>: a piece a line, its id the line's number from 0; pieces inside a word begin with ##.</summary>
    /// <exception cref="SpeechEngineException">The file is missing or no such vocabulary.</exception>
    public static WordPieces Load(string path)
    {
        if (!File.Exists(path))
            throw new SpeechEngineException($"vocabulary {path} is missing; run scripts/get-models.sh minilm, or set Speech:ModelsFolder");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
            ids.TryAdd(line.TrimEnd('\r'), number++);
        (string Mark, long Id)[] marks = [("[UNK]", Unknown), ("[CLS]", Begin), ("[SEP]", End)];
        foreach (var (mark, id) in marks)
        {
            if (!ids.TryGetValue(mark, out var found) || found != id)
                throw new SpeechEngineException($"{path} has no {mark} on line {id + 1}: it is no uncased BERT vocabulary, or damaged; run scripts/get-models.sh minilm");
        }
        return new(ids);
    }

    /// <summary>Token ids with the marks around them; 2 to 128.</summary>
    public long[] Encode(string text)
    {
        var cut = text.Length <= MaxText ? text : text[..MaxText];
        var ids = new List<long>(32) { Begin };
        foreach (var word in PieceWords.Split(cut))
        {
            AddWord(word, ids);
            if (ids.Count > MaxPieces)
                break;
        }
        if (ids.Count > MaxPieces + 1)
            ids.RemoveRange(MaxPieces + 1, ids.Count - MaxPieces - 1);
        ids.Add(End);
        return [.. ids];
    }

    /// <summary>The longest piece that fits, again and again; a word with a place that none fits is unknown as a whole.</summary>
    private void AddWord(string word, List<long> ids)
    {
        var first = ids.Count;
        if (word.Length > MaxWord && word.EnumerateRunes().Count() > MaxWord)
        {
            ids.Add(Unknown);
            return;
        }
        Span<char> piece = stackalloc char[_longest];
        for (var at = 0; at < word.Length;)
        {
            var mark = at == 0 ? "" : "##";
            mark.CopyTo(piece);
            var length = Math.Min(word.Length - at, _longest - mark.Length);
            word.AsSpan(at, length).CopyTo(piece[mark.Length..]);
            var id = -1;
            while (length > 0 && !_ids.TryGetValue(piece[..(mark.Length + length)], out id))
                length--;
            if (length == 0)
            {
                ids.RemoveRange(first, ids.Count - first);
                ids.Add(Unknown);
                return;
            }
            ids.Add(id);
            at += length;
        }
    }
}
