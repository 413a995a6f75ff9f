namespace AsteriskVoiceAi.Benchmarks.Latency;

/// <summary>One turn.</summary>
/// <param name="AtTheEar">From the packet with the caller's last sound to the first sound of the reply.</param>
/// <param name="Endpoint">Silence until the utterance counted as over; recognition runs in it.</param>
/// <param name="Recognition">Its wall time.</param>
/// <param name="Waited">What of the recognition came after the silence that would have been enough; part of <paramref name="Endpoint"/>.</param>
/// <param name="Synthesis">Until the reply's first audio was ready.</param>
internal sealed record TurnTiming(TimeSpan AtTheEar, TimeSpan Endpoint, TimeSpan Recognition, TimeSpan Waited, TimeSpan Intent, TimeSpan Synthesis)
{
    /// <summary>
    /// Transport both ways, Asterisk, and where the detector saw the speech end: it may fall silent before the last audible
    /// sample does, so this can be less than the way of the packets.
    /// </summary>
    public TimeSpan Rest => AtTheEar - Endpoint - Intent - Synthesis;
}
