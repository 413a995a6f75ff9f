using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>How a leg's audio has fared since it began, in frames of 20 ms. What a transport cannot know stays 0.</summary>
/// <param name="Transport">As the platform's settings call it, e.g. <c>rtp</c>.</param>
/// <param name="Codec">On the wire, e.g. <c>ulaw</c>.</param>
/// <param name="Received">Frames of the caller that came and were good to be heard.</param>
/// <param name="Sent">Frames sent to the caller, silence included.</param>
/// <param name="Lost">Never came.</param>
/// <param name="Late">Came after their turn to be played.</param>
/// <param name="Duplicate">Came twice.</param>
/// <param name="Concealed">Made up in place of lost and late ones.</param>
/// <param name="Jitter">Interarrival jitter by RFC 3550, as it was last.</param>
public sealed record AudioReport(
    string Transport,
    string Codec,
    long Received,
    long Sent,
    long Lost,
    long Late,
    long Duplicate,
    long Concealed,
    TimeSpan Jitter)
{
    /// <summary>The caller's own line; null = nothing is known of it.</summary>
    public PhoneLine? Phone { get; init; }

    /// <summary>
    /// How the caller's voice is likely to sound here, 1 to 4.5, by <see cref="EModel"/> from what was lost or late; null = nothing came.
    /// Of our stretch of the way only: for what the phone's own line loses see <see cref="Phone"/>.
    /// </summary>
    public double? Mos => Received + Lost + Late > 0 ? EModel.Mos(EModel.Rating((double)(Lost + Late) / (Received + Lost + Late), Jitter)) : null;
}
