using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>What a link has carried so far, in frames of 20 ms; a snapshot. What a transport cannot know stays 0.</summary>
/// <param name="Received">Frames that came from Asterisk and were good to be heard.</param>
/// <param name="Sent">Frames given to Asterisk, silence included.</param>
/// <param name="Consumed">Frames that Asterisk is known to have taken (marks, receiver reports, TCP acknowledged); null where the transport has no way to tell.</param>
/// <param name="Lost">Never came.</param>
/// <param name="Late">Came after their turn to be played.</param>
/// <param name="Duplicate">Came twice.</param>
/// <param name="Reordered">Came out of order, in time.</param>
/// <param name="Concealed">Made up from what came before, in place of lost or late ones.</param>
/// <param name="Foreign">Packets of strangers, of a wrong codec or that made no sense: dropped.</param>
/// <param name="Jitter">Interarrival jitter by RFC 3550.</param>
internal readonly record struct MediaCounters(
    long Received,
    long Sent,
    long? Consumed = null,
    long Lost = 0,
    long Late = 0,
    long Duplicate = 0,
    long Reordered = 0,
    long Concealed = 0,
    long Foreign = 0,
    TimeSpan Jitter = default)
{
    /// <summary>Of two links, one after the other; jitter is the later one's.</summary>
    public MediaCounters Then(in MediaCounters next) => new(
        Received + next.Received,
        Sent + next.Sent,
        Consumed is null && next.Consumed is null ? null : (Consumed ?? 0) + (next.Consumed ?? 0),
        Lost + next.Lost,
        Late + next.Late,
        Duplicate + next.Duplicate,
        Reordered + next.Reordered,
        Concealed + next.Concealed,
        Foreign + next.Foreign,
        next.Jitter);

    /// <summary>The same for a call's record.</summary>
    public AudioReport Report(MediaTransport transport, MediaFormat format) =>
        new(MediaPlan.Name(transport), format.Name, Received, Sent, Lost, Late, Duplicate, Concealed, Jitter);
}
