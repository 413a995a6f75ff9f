using System.Net;

namespace AsteriskVoiceAi.TestSupport.Sip;

public enum CallerCodec
{
    Ulaw,
    Alaw,

    /// <summary>Wideband: 16 kHz.</summary>
    G722,
}

/// <summary>How a phone says that it holds a call.</summary>
public enum HoldStyle
{
    /// <summary><c>a=sendonly</c> (RFC 3264 section 8.4).</summary>
    Direction,

    /// <summary><c>c=IN IP4 0.0.0.0</c>, as old phones do.</summary>
    NoAddress,
}

/// <summary>How a test caller presents itself.</summary>
public sealed record SipCallerOptions
{
    /// <summary>User in the From header; the endpoint for test calls is found by it.</summary>
    public string User { get; init; } = "caller";

    /// <summary>Name shown to the other side.</summary>
    public string DisplayName { get; init; } = "";

    public CallerCodec Codec { get; init; } = CallerCodec.Ulaw;

    /// <summary>What goes wrong with this caller's packets; null = nothing.</summary>
    public RtpImpairment? Impairment { get; init; }

    /// <summary>False = a phone that is muted from the start: it sends no RTP at all.</summary>
    public bool SendsAudio { get; init; } = true;

    /// <summary>Where this caller lives; ports are chosen by the system.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>More header lines for the INVITE, such as "P-Asserted-Identity: …".</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>How long waits last unless told otherwise.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>How an INVITE ended: 200 = answered, 408 = no answer at all, everything else as the other side said it.</summary>
/// <param name="Took">From the INVITE to the final response.</param>
public sealed record DialResult(int Status, string Reason, TimeSpan Took)
{
    public bool Answered => Status is >= 200 and < 300;
}

/// <summary>What became of something that the caller said.</summary>
/// <param name="First">When the packet with the first sample that is not silent left.</param>
/// <param name="Last">When the packet with the last sample that is not silent left.</param>
/// <param name="Samples">Samples sent; fewer than given when the call ended meanwhile.</param>
/// <param name="Whole">All of it was sent.</param>
public sealed record Spoken(Moment First, Moment Last, int Samples, bool Whole);

/// <summary>Audio, and when its first sample was heard.</summary>
public sealed record Recording(short[] Samples, Moment Start, int SampleRate)
{
    public Moment End => Start + TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}

/// <summary>A packet of sound that was heard.</summary>
/// <param name="Level">Root mean square.</param>
/// <param name="Position">Of its first sample in the recording.</param>
/// <param name="Length">Samples.</param>
public readonly record struct HeardPacket(Moment At, double Level, int Position, int Length);

/// <summary>What arrived, in packets.</summary>
/// <param name="LargestGap">Longest time between two packets.</param>
/// <param name="Lost">Sequence numbers that did not come in their turn.</param>
/// <param name="OutOfOrder">Packets that came late or twice.</param>
/// <param name="Sources">How often the stream's source (SSRC) was another than before; 1 = one stream from the beginning to the end.</param>
public sealed record HeardStatistics(int Packets, TimeSpan LargestGap, int Lost, int OutOfOrder, int Sources, Moment? FirstPacket, Moment? LastPacket);
