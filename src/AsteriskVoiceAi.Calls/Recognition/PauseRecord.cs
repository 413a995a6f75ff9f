namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>One pause of 200 ms or more in what a caller said, and what became of it: real calls are what the rules are best tuned on.</summary>
/// <param name="Speech">From the first sound of the utterance to the pause.</param>
/// <param name="Silence">Length of the pause, or of what was waited.</param>
/// <param name="Decision">What would have ended the utterance; null = the caller went on before anything was recognised.</param>
/// <param name="Finished">The turn model's probability that the caller had finished; null = not asked or no answer.</param>
internal sealed record PauseRecord(TimeSpan Speech, TimeSpan Silence, EndpointDecision? Decision, double? Finished, PauseEnding Ending)
{
    /// <summary>See <see cref="Transcript.EndMark"/>.</summary>
    public double? EndMark { get; init; }
}

internal enum PauseEnding
{
    /// <summary>It was long enough: the utterance is over.</summary>
    Ended,

    /// <summary>The caller spoke again in time.</summary>
    WentOn,

    /// <summary>The caller spoke again as the reply began: it was withdrawn, so the time was too short.</summary>
    CutOff,
}
