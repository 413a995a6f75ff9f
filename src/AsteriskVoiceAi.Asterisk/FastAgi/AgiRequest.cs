namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>What Asterisk says when it connects. All of it may hold text from a caller.</summary>
/// <remarks><code>
/// agi_network: yes                        always first
/// agi_network_script: say?language=en     absent when the URL has no path
/// agi_channel: PJSIP/caller-00000001
/// agi_callerid: unknown                   "unknown" when missing
/// agi_accountcode:                        an empty value, with its space
/// agi_arg_1: hello                        empty arguments are kept
///                                         an empty line ends it
/// </code></remarks>
internal sealed class AgiRequest
{
    private static byte[] FirstLine { get; } = "agi_network"u8.ToArray();

    private readonly Dictionary<string, string> _headers;

    internal AgiRequest(Dictionary<string, string> headers, IReadOnlyList<string> arguments)
    {
        _headers = headers;
        var script = this["network_script"];
        var query = script.IndexOf('?', StringComparison.Ordinal);
        Path = PercentDecoding.Decode(query < 0 ? script : script[..query]).Trim('/');
        Query = query < 0 ? [] : [.. ParseQuery(script[(query + 1)..])];
        Arguments = [.. arguments.Select(PercentDecoding.Decode)];
    }

    /// <summary>Without slashes at its ends; empty when the URL has none.</summary>
    public string Path { get; }

    /// <summary>Decoded; names in lower case; in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>Decoded.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>A header by its name without <c>agi_</c>; empty when missing or unknown to Asterisk.</summary>
    public string this[string name] => _headers.TryGetValue(name, out var value) && value != "unknown" ? value : "";

    /// <summary>The argument at that place (0 = first), else the query's value of that name, else null. An empty argument counts as not given.</summary>
    public string? Option(int place, string name)
    {
        if (place >= 0 && place < Arguments.Count && Arguments[place].Length > 0)
            return Arguments[place];
        foreach (var (key, value) in Query)
        {
            if (key == name && value.Length > 0)
                return value;
        }
        return null;
    }

    /// <returns>Null = the peer left before it said a word, as probes do.</returns>
    /// <exception cref="AgiException">Not FastAGI, over a limit, or it left in the middle.</exception>
    public static async ValueTask<AgiRequest?> ReadAsync(AgiLineReader lines, FastAgiOptions limits)
    {
        var headers = new Dictionary<string, string>(32, StringComparer.Ordinal);
        var arguments = new List<string>();
        string? last = null;
        for (var count = 0; ; count++)
        {
            var line = await lines.ReadAsync(count == 0 ? FirstLine : default);
            if (line is null)
                return count == 0 ? null : throw new AgiException(AgiFault.Lost, $"it left after {count} lines of its opening block");
            if (line.Length == 0)
                return new AgiRequest(headers, arguments);
            if (count >= limits.MaxHeaders || lines.Consumed > limits.MaxHandshakeBytes)
                throw new AgiException(AgiFault.Garbage, $"its opening block has more than {limits.MaxHeaders} lines or {limits.MaxHandshakeBytes} bytes");
            last = Take(line, last, headers, arguments);
        }
    }

    /// <returns>Name of the header that this line belongs to.</returns>
    private static string? Take(string line, string? last, Dictionary<string, string> headers, List<string> arguments)
    {
        if (!line.StartsWith("agi_", StringComparison.Ordinal))
        {
            // A value with a line feed in it, from the dialplan: one value still.
            if (last is not null && last.StartsWith("arg_", StringComparison.Ordinal) && arguments.Count > 0)
                arguments[^1] += ' ' + line;
            return last;
        }
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var name = colon < 0 ? line[4..].TrimEnd(':') : line[4..colon];
        var value = colon < 0 ? "" : line[(colon + 2)..];
        if (name.StartsWith("arg_", StringComparison.Ordinal))
            arguments.Add(value);
        else
            // The first counts: what a caller can write comes after what the dialplan wrote.
            headers.TryAdd(name, value);
        return name;
    }

    private static IEnumerable<KeyValuePair<string, string>> ParseQuery(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = PercentDecoding.Decode(equals < 0 ? part : part[..equals]);
            yield return new(name.ToLowerInvariant(), equals < 0 ? "" : PercentDecoding.Decode(part[(equals + 1)..]));
        }
    }
}
