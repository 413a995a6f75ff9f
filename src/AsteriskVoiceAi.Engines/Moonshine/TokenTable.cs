using System.Buffers.Text;
using System.Text;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Moonshine's vocabulary: Llama's 32,000 pieces and 768 time stamps. Thread-safe.</summary>
internal sealed class TokenTable
{
    public const int Begin = 1;
    public const int End = 2;

    /// <summary>U+2581, which stands for a space.</summary>
    public const string SpaceMark = "\u2581";

    private const int Pieces = 32_000;

    /// <summary>Tokens 3 to 258 are single bytes, for letters that no piece has.</summary>
    private const int FirstByte = 3;
    private const int FirstPiece = FirstByte + 256;

    private readonly byte[][] _pieces;
    private readonly Dictionary<string, int> _ids;

    private TokenTable(byte[][] pieces)
    {
        _pieces = pieces;
        _ids = new(Pieces, StringComparer.Ordinal);
        for (var id = FirstPiece; id < pieces.Length; id++)
            _ids.TryAdd(Encoding.UTF8.GetString(pieces[id]), id);
        EndMarks = [IdOf("."), IdOf("?"), IdOf("!")];
    }

    /// <summary>Reads <c>tokens.txt</c>: base64 of the piece's bytes, a space, the id; one a line.</summary>
    /// <exception cref="SpeechEngineException">The file is missing or not such a table.</exception>
    public static TokenTable Load(string path)
    {
        if (!File.Exists(path))
            throw new SpeechEngineException($"token table {path} is missing; run scripts/get-models.sh, or set Speech:ModelsFolder");
        var pieces = new byte[Pieces][];
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!TryRead(line, out var id, out var piece))
                throw new SpeechEngineException($"{path} line {number} is not 'base64 id': the file is damaged; run scripts/get-models.sh");
            if (id < Pieces)
                pieces[id] = piece;
        }
        var missing = Array.IndexOf(pieces, null);
        return missing < 0
            ? new(pieces)
            : throw new SpeechEngineException($"{path} has no token {missing}: the file is damaged; run scripts/get-models.sh");
    }

    /// <summary>Tokens that end a sentence: . ? !</summary>
    public IReadOnlyList<int> EndMarks { get; }

    /// <summary>Joins the bytes first: one letter may be spread over several pieces.</summary>
    public string Decode(IEnumerable<int> tokens)
    {
        var bytes = tokens.Where(token => token is > End and < Pieces).SelectMany(token => _pieces[token]).ToArray();
        return Encoding.UTF8.GetString(bytes).Replace(SpaceMark, " ", StringComparison.Ordinal).Trim();
    }

    /// <summary>
    /// The tokens that the model was trained to write for a text: letters are merged pair by pair, the pair of the lowest id first, which is
    /// the order in which the vocabulary was built. A word has a space before it, the first one too.
    /// </summary>
    public int[] Encode(string text) => Merge(SpaceMark + text.Replace(" ", SpaceMark, StringComparison.Ordinal));

    /// <summary>The same without a space before the first word: the rest of a word that has begun.</summary>
    public int[] EncodeInside(string text) => Merge(text.Replace(" ", SpaceMark, StringComparison.Ordinal));

    /// <summary>The token of a piece as the vocabulary writes it, or -1.</summary>
    public int IdOf(string piece) => _ids.GetValueOrDefault(piece, -1);

    public bool EndsSentence(int token) => EndMarks.Contains(token);

    /// <summary>Pieces with their ids, but for single bytes.</summary>
    public IEnumerable<KeyValuePair<string, int>> All => _ids;

    private int[] Merge(string text)
    {
        var parts = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        while (true)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < parts.Count; i++)
            {
                if (_ids.TryGetValue(parts[i] + parts[i + 1], out var id) && id < best)
                    (best, at) = (id, i);
            }
            if (at < 0)
                break;
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
        return [.. parts.SelectMany(part => _ids.TryGetValue(part, out var id) ? [id] : Encoding.UTF8.GetBytes(part).Select(value => FirstByte + value))];
    }

    private static bool TryRead(string line, out int id, out byte[] piece)
    {
        id = -1;
        piece = [];
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || !int.TryParse(line.AsSpan(space + 1), out id) || id < 0 || !Base64.IsValid(line.AsSpan(0, space)))
            return false;
        piece = Convert.FromBase64String(line[..space]);
        return true;
    }
}
