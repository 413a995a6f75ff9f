using System.Buffers.Text;
using System.Text;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Moonshine's vocabulary: Llama's 32,000 pieces and 768 time stamps.</summary>
internal sealed class TokenTable
{
    public const int Begin = 1;
    public const int End = 2;

    private const int Pieces = 32_000;

    /// <summary>U+2581, which stands for a space.</summary>
    private const string SpaceMark = "\u2581";

    private readonly byte[][] _pieces;

    private TokenTable(byte[][] pieces) => _pieces = pieces;

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

    /// <summary>Joins the bytes first: one letter may be spread over several pieces.</summary>
    public string Decode(IEnumerable<int> tokens)
    {
        var bytes = tokens.Where(token => token is > End and < Pieces).SelectMany(token => _pieces[token]).ToArray();
        return Encoding.UTF8.GetString(bytes).Replace(SpaceMark, " ", StringComparison.Ordinal).Trim();
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
