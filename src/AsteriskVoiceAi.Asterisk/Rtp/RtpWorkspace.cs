namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>Room to work in, shared by all links of a loop because only one of them is at work at a time.</summary>
internal sealed class RtpWorkspace
{
    /// <summary>Longest packet that is taken: 200 ms of 8 kHz linear (3,200 bytes) and a header with extensions.</summary>
    private const int DatagramBytes = 4096;

    /// <summary>200 ms at 16 kHz.</summary>
    private const int MostSamples = 3200;

    public byte[] Datagram { get; } = new byte[DatagramBytes];

    public byte[] Sender { get; } = new byte[PeerAddress.Bytes];

    public short[] Samples { get; } = new short[MostSamples];

    public byte[] Outgoing { get; } = new byte[DatagramBytes];
}
