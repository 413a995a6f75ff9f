using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>What listening ended with.</summary>
internal abstract record ListenResult
{
    private ListenResult() { }

    public sealed record Heard(CallerUtterance Utterance) : ListenResult;

    public sealed record Digits(string Pressed) : ListenResult;

    public sealed record NoInput(TimeSpan Waited) : ListenResult;

    /// <summary>No engine could recognise what was said.</summary>
    public sealed record Failed(string Message) : ListenResult;

    public sealed record HungUp : ListenResult;
}

/// <summary>All the caller said before we answered, with the times that tell how fast we were.</summary>
/// <param name="Speech">From the first to the last voiced sample.</param>
/// <param name="Endpoint">Silence after the last voiced sample until it counted as over.</param>
/// <param name="Waited">What of the recognition was left to wait for after that.</param>
/// <param name="EndTimestamp">When the last voiced sample came, by the call's clock.</param>
/// <param name="Start">Its first voiced sample, by the listener's count.</param>
internal sealed record CallerUtterance(Transcript Transcript, TimeSpan Speech, TimeSpan Endpoint, TimeSpan Waited, long EndTimestamp, long Start = 0)
{
    /// <summary>What was prepared for its answer while the caller was silent; null = nothing.</summary>
    public Task<UtteranceVectors>? Understanding { get; init; }
}
