using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>Writes the requests and responses of one dialog (RFC 3261 section 12).</summary>
internal sealed class SipWriter(SipCallerOptions options, IPEndPoint local)
{
    private readonly string _tag = Token();
    private string _to = "";

    public string CallId { get; } = Token() + "@test";

    /// <summary>Tag of the other side; empty before its first answer.</summary>
    public string ToTag { get; set; } = "";

    /// <summary>Where requests go to: first the extension, then the contact of who answered.</summary>
    public string Uri { get; set; } = "";

    /// <summary>Random, for tags and branches.</summary>
    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    public void Dial(string extension, IPEndPoint server)
    {
        _to = $"<sip:{extension}@{server.Address}>";
        Uri = $"sip:{extension}@{server}";
    }

    public string Request(string method, int number, string branch, string body = "", IReadOnlyList<string>? headers = null)
    {
        var display = options.DisplayName.Length > 0 ? $"\"{options.DisplayName}\" " : "";
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{method} {Uri} SIP/2.0\r\n")
            .Append(CultureInfo.InvariantCulture, $"Via: SIP/2.0/UDP {local};rport;branch={branch}\r\n")
            .Append(CultureInfo.InvariantCulture, $"From: {display}<sip:{options.User}@{options.Address}>;tag={_tag}\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: {_to}{(ToTag.Length > 0 && method != "CANCEL" ? ";tag=" + ToTag : "")}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Call-ID: {CallId}\r\nCSeq: {number} {method}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Contact: <sip:{options.User}@{local}>\r\nMax-Forwards: 70\r\n");
        foreach (var header in headers ?? [])
            text.Append(header).Append("\r\n");
        return WithBody(text, body);
    }

    public string Response(SipMessage request, string status, string body = "")
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"SIP/2.0 {status}\r\n");
        foreach (var (name, value) in request.Headers)
        {
            if (name.ToUpperInvariant() is "VIA" or "FROM" or "TO" or "CALL-ID" or "CSEQ")
                text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"Contact: <sip:{options.User}@{local}>\r\n");
        return WithBody(text, body);
    }

    private static string WithBody(StringBuilder text, string body)
    {
        if (body.Length > 0)
            text.Append("Content-Type: application/sdp\r\n");
        return text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}").ToString();
    }
}
