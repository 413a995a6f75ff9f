namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>What goes wrong with a caller's packets on their way. The same seed gives the same fate to the same packet, also when another kind of harm is added.</summary>
public sealed record RtpImpairment
{
    public int Seed { get; init; } = 1;

    /// <summary>Share of packets that are lost, each by itself; 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Losses that come in bursts, beside <see cref="Loss"/>.</summary>
    public BurstLoss? Bursts { get; init; }

    /// <summary>Each packet is late by a random time below this. It never overtakes the one before it by that.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Share of packets that are overtaken by the next one or two; 0 to 1.</summary>
    public double Reordered { get; init; }

    /// <summary>Share of packets that come twice; 0 to 1.</summary>
    public double Duplicated { get; init; }
}

/// <summary>A line that is good or bad (Gilbert's model): while it is bad, every packet is lost.</summary>
/// <param name="Share">Of all packets, in the long run; 0 to 1.</param>
/// <param name="Length">Mean number of packets lost in a row; 1 or more.</param>
public sealed record BurstLoss(double Share, double Length)
{
    /// <summary>Chance that a bad line is good again for the next packet.</summary>
    internal double Leave => 1 / Length;

    /// <summary>Chance that a good line is bad for the next packet: share = enter / (enter + leave).</summary>
    internal double Enter => Leave * Share / (1 - Share);
}

/// <summary>What became of packets so far.</summary>
/// <param name="Lost">Of those offered, thrown away.</param>
/// <param name="Reordered">Of the rest, overtaken.</param>
/// <param name="Duplicated">Of the rest, sent twice.</param>
public readonly record struct ImpairmentCounts(int Offered, int Lost, int Reordered, int Duplicated);

/// <summary>One packet's fate.</summary>
/// <param name="Delay">In order with the others.</param>
/// <param name="HeldBack">After that delay, alone; zero = not at all.</param>
internal readonly record struct PacketFate(bool Lost, TimeSpan Delay, TimeSpan HeldBack, bool Twice);

/// <summary>Draws the fate of one packet after the other. Not thread-safe.</summary>
internal sealed class ImpairmentPattern(RtpImpairment impairment)
{
    // Enough to come after the next packet (20 ms later) or the one after it.
    private static readonly TimeSpan HeldAtLeast = TimeSpan.FromMilliseconds(22);
    private static readonly TimeSpan HeldMore = TimeSpan.FromMilliseconds(20);

    private readonly Random _random = new(impairment.Seed);
    private bool _bad;

    public PacketFate Next()
    {
        // Always the same number of draws in the same order, whatever is switched on.
        var (lost, bad, delay, reordered, held, twice) = (Draw(), Draw(), Draw(), Draw(), Draw(), Draw());
        if (impairment.Bursts is { } bursts)
            _bad = bad < (_bad ? 1 - bursts.Leave : bursts.Enter);
        return new(
            lost < impairment.Loss || _bad,
            impairment.Jitter * delay,
            reordered < impairment.Reordered ? HeldAtLeast + (HeldMore * held) : TimeSpan.Zero,
            twice < impairment.Duplicated);
    }

    private double Draw() => _random.NextDouble();
}
