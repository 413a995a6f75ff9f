using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>How the caller's own line fares, between the phone and the PBX, as the PBX counts its packets.</summary>
/// <param name="Received">Packets that came from the phone.</param>
/// <param name="Lost">Packets that the phone sent and that never came.</param>
/// <param name="Jitter">Of what comes from the phone.</param>
/// <param name="Sent">Packets sent to the phone.</param>
/// <param name="Missed">Of them never came, as the phone says; 0 where it says nothing.</param>
/// <param name="RoundTrip">To the phone and back; 0 where the phone tells nothing.</param>
public sealed record PhoneLine(long Received, long Lost, TimeSpan Jitter, long Sent, long Missed, TimeSpan RoundTrip)
{
    /// <summary>Share of the phone's packets that never came, 0 to 1; null = it sent none.</summary>
    public double? Loss => Share(Lost, Received + Lost);

    /// <summary>Share of the packets to the phone that never came, 0 to 1; null = none were sent.</summary>
    public double? LossThere => Share(Missed, Sent);

    /// <summary>How the line is likely to sound in its worse direction, 1 to 4.5, by <see cref="EModel"/>; null = nothing went over it.</summary>
    public double? Mos => Loss is null && LossThere is null ? null : EModel.Mos(EModel.Rating(Math.Max(Loss ?? 0, LossThere ?? 0), Jitter));

    private static double? Share(long part, long whole) => whole > 0 ? Math.Clamp((double)part / whole, 0, 1) : null;
}
