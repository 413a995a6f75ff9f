using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>A SIP request or response as it came (RFC 3261 section 7): start line, headers in order, body.</summary>
public sealed class SipMessage
{
    private SipMessage(string startLine, IReadOnlyList<KeyValuePair<string, string>> headers, string body)
    {
        StartLine = startLine;
        Headers = headers;
        Body = body;
    }

    public string StartLine { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public string Body { get; }

    /// <summary>Status of a response; 0 = a request.</summary>
    public int Status => StartLine.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && int.TryParse(StartLine.AsSpan(8, Math.Min(3, StartLine.Length - 8)), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;

    /// <summary>Words after the status, such as "Busy Here".</summary>
    public string Reason => Status > 0 && StartLine.Length > 12 ? StartLine[12..] : "";

    /// <summary>Method of a request, or of the request that a response answers.</summary>
    public string Method => Status == 0 ? StartLine.Split(' ')[0] : this["CSeq"].Split(' ')[^1];

    public int SequenceNumber => int.TryParse(this["CSeq"].Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>First header of that name, or "".</summary>
    public string this[string name] => Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    /// <summary>The tag of a From or To header, or "".</summary>
    public string Tag(string header)
    {
        var value = this[header];
        var at = value.IndexOf(";tag=", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : value[(at + 5)..].Split(';')[0];
    }

    public static SipMessage? Parse(ReadOnlySpan<byte> datagram)
    {
        var text = Encoding.UTF8.GetString(datagram);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var lines = text[..end].Split("\r\n");
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers.Add(new(LongName(line[..colon].Trim()), line[(colon + 1)..].Trim()));
        }
        return new(lines[0], headers, text[(end + 4)..]);
    }

    // Compact forms, RFC 3261 section 20.
    private static string LongName(string name) => name switch
    {
        "v" or "V" => "Via",
        "f" or "F" => "From",
        "t" or "T" => "To",
        "i" or "I" => "Call-ID",
        "m" or "M" => "Contact",
        "c" or "C" => "Content-Type",
        "l" or "L" => "Content-Length",
        _ => name,
    };
}
