using System.Globalization;
using System.Net;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>The few lines of SDP (RFC 8866) that a test caller needs.</summary>
internal static class SessionDescription
{
    /// <summary>Our offer or answer: one codec, keys, 20 ms.</summary>
    public static string Ours(IPAddress address, int port, CallerCodec codec, int version, string direction = "sendrecv")
    {
        var (payload, name) = codec == CallerCodec.Alaw ? (8, "PCMA") : (0, "PCMU");
        return string.Join("\r\n",
            "v=0", $"o=- 1 {version} IN IP4 {address}", "s=-", $"c=IN IP4 {address}", "t=0 0",
            $"m=audio {port} RTP/AVP {payload} {RtpSender.EventPayload}",
            $"a=rtpmap:{payload} {name}/8000",
            $"a=rtpmap:{RtpSender.EventPayload} telephone-event/8000", $"a=fmtp:{RtpSender.EventPayload} 0-16",
            "a=ptime:20", $"a={direction}", "");
    }

    /// <summary>Where their audio is taken, or null when the text names no audio.</summary>
    public static IPEndPoint? Target(string description)
    {
        IPAddress? address = null;
        int? port = null;
        foreach (var line in description.Split("\r\n"))
        {
            var words = line.Split(' ');
            if (line.StartsWith("c=IN IP4 ", StringComparison.Ordinal) && IPAddress.TryParse(words[2].Split('/')[0], out var found))
                address = found;
            else if (line.StartsWith("m=audio ", StringComparison.Ordinal) && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                port = number;
        }
        return address is not null && port is > 0 ? new(address, port.Value) : null;
    }

    /// <summary>Our direction in answer to their offer (RFC 3264 section 6.1).</summary>
    public static string AnswerTo(string offer) =>
        offer.Contains("a=sendonly", StringComparison.Ordinal) ? "recvonly"
        : offer.Contains("a=recvonly", StringComparison.Ordinal) ? "sendonly"
        : offer.Contains("a=inactive", StringComparison.Ordinal) ? "inactive"
        : "sendrecv";
}
