using System.Globalization;
using System.Net;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>The few lines of SDP (RFC 8866) that a test caller needs: what it offers and answers, and what it reads.</summary>
/// <param name="Address">Where we take audio; 0.0.0.0 holds the call, as phones did before there were directions (RFC 2543 section B.5).</param>
/// <param name="Direction">sendrecv, sendonly, recvonly or inactive, as we see it.</param>
internal sealed record SessionDescription(IPAddress Address, int Port, PhoneCodec Codec, string Direction = "sendrecv")
{
    /// <summary>Our offer or answer: one codec, keys, 20 ms.</summary>
    /// <param name="version">Higher with each description of the call.</param>
    public string Write(int version) => string.Join("\r\n",
        "v=0", $"o=- 1 {version} IN IP4 {Address}", "s=-", $"c=IN IP4 {Address}", "t=0 0",
        $"m=audio {Port} RTP/AVP {Codec.Payload} {RtpSender.EventPayload}",
        $"a=rtpmap:{Codec.Payload} {Codec.Name}/{PhoneCodec.ClockRate}",
        $"a=rtpmap:{RtpSender.EventPayload} telephone-event/8000", $"a=fmtp:{RtpSender.EventPayload} 0-16",
        "a=ptime:20", $"a={Direction}", "");

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
