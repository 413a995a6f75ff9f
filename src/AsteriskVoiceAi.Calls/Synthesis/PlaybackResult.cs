namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>What a playback ended with.</summary>
/// <param name="Played">Audio that was sent to the caller.</param>
/// <param name="FirstAudio">When its first sample went out, by the call's clock; null = none did.</param>
internal abstract record PlaybackResult(TimeSpan Played, long? FirstAudio)
{
    /// <summary>This and what was played after it, as one.</summary>
    public PlaybackResult Then(PlaybackResult next) => next with { Played = Played + next.Played, FirstAudio = FirstAudio ?? next.FirstAudio };

    public sealed record Completed(TimeSpan Played, long? FirstAudio) : PlaybackResult(Played, FirstAudio);

    /// <summary>Speech or a key stopped it.</summary>
    /// <param name="Sentence">Number of the sentence that it stopped in, from 0.</param>
    public sealed record BargedIn(TimeSpan Played, long? FirstAudio, int Sentence) : PlaybackResult(Played, FirstAudio);

    public sealed record HungUp(TimeSpan Played, long? FirstAudio) : PlaybackResult(Played, FirstAudio);

    /// <summary>No engine could make the audio.</summary>
    public sealed record Failed(string Message, TimeSpan Played, long? FirstAudio) : PlaybackResult(Played, FirstAudio);
}
