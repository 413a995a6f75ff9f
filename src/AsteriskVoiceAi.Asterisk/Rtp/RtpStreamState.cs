using System.Security.Cryptography;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>Where a stream that we send stands: the numbers of its next packet. Handed to the link that takes its place, so that they never run backwards.</summary>
internal readonly record struct RtpStreamState(uint Ssrc, ushort Sequence, uint Timestamp)
{
    /// <summary>
    /// A new stream. Its sequence starts low instead of anywhere (RFC 3550, section 5.1, asks for that on behalf of encryption, and there is
    /// none): some builds of Asterisk drop what comes with a lower number on a transcoded path until the number has caught up, so whatever
    /// follows this stream on the channel should not find a high one.
    /// </summary>
    public static RtpStreamState New() =>
        new((uint)RandomNumberGenerator.GetInt32(int.MaxValue), (ushort)RandomNumberGenerator.GetInt32(256), (uint)RandomNumberGenerator.GetInt32(int.MaxValue));
}
