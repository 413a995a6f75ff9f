using System.Text.Json.Serialization;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls;

/// <summary>What happened in a call, for people who watch it live and for its record. Holds what callers say: never logged above Trace.</summary>
/// <param name="At">Time since the call began.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Heard), "heard")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Pressed), "pressed")]
[JsonDerivedType(typeof(Understood), "understood")]
[JsonDerivedType(typeof(Filled), "filled")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(Recorded), "recorded")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record CallEvent(string CallId, TimeSpan At)
{
    /// <summary>The call is answered and audio flows.</summary>
    public sealed record Started(string CallId, string Entry, string Channel, string CallerNumber, string DialedNumber) : CallEvent(CallId, TimeSpan.Zero)
    {
        /// <summary>For the call's record; null where nobody keeps one.</summary>
        [JsonIgnore]
        public CallFacts? Facts { get; init; }
    }

    /// <summary>The call is taken up again after a service that had it was gone.</summary>
    public sealed record Resumed(string CallId, TimeSpan At, string Entry, string Channel, string CallerNumber, string DialedNumber) : CallEvent(CallId, At)
    {
        /// <inheritdoc cref="Started.Facts"/>
        [JsonIgnore]
        public CallFacts? Facts { get; init; }
    }

    /// <summary>A prompt was played.</summary>
    /// <param name="Ending"><c>completed</c>, <c>barged-in</c>, <c>key</c>, <c>hung-up</c>, <c>failed</c>, or <c>withdrawn</c>: the caller went on as it began, and what was heard before and after is one turn.</param>
    /// <param name="Synthesis">Time until its first audio was ready.</param>
    /// <param name="Played">Length of what was sent to the caller.</param>
    public sealed record Said(string CallId, TimeSpan At, string Text, string Engine, TimeSpan Synthesis, TimeSpan Played, string Ending) : CallEvent(CallId, At);

    /// <summary>The caller said something, or nothing (<paramref name="Text"/> empty).</summary>
    /// <param name="Speech">Length of the speech.</param>
    /// <param name="Endpoint">From the end of the speech to the decision that it was over.</param>
    /// <param name="Recognition">Wall time of the recognition.</param>
    /// <param name="Waited">What of the recognition was left to wait for after the endpoint.</param>
    public sealed record Heard(string CallId, TimeSpan At, string Text, double Confidence, string Engine, TimeSpan Speech, TimeSpan Endpoint, TimeSpan Recognition, TimeSpan Waited) : CallEvent(CallId, At);

    /// <summary>The caller paused for 200 ms or more. Holds no words: what the times that end an utterance are tuned on.</summary>
    /// <param name="Speech">From the first sound of the utterance to the pause.</param>
    /// <param name="Silence">Length of the pause, or what was waited until it counted as the end.</param>
    /// <param name="Needed">Silence that would have ended the utterance; null = nothing was recognised yet.</param>
    /// <param name="Rule">What set that time, e.g. <c>open</c>, <c>dangling-word</c>, <c>digits-complete</c>; empty = nothing did yet.</param>
    /// <param name="Finished">The turn model's probability that the caller had finished; null = it was not asked.</param>
    /// <param name="Ending"><c>ended</c>, <c>went-on</c>, or <c>cut-off</c>: the caller went on as the reply began.</param>
    public sealed record Paused(string CallId, TimeSpan At, TimeSpan Speech, TimeSpan Silence, TimeSpan? Needed, string Rule, double? Finished, string Ending) : CallEvent(CallId, At)
    {
        /// <summary>The recogniser's probability of a final mark after the last word; null = it can't tell.</summary>
        public double? EndMark { get; init; }
    }

    /// <summary>The caller pressed keys.</summary>
    public sealed record Pressed(string CallId, TimeSpan At, string Keys) : CallEvent(CallId, At);

    /// <summary>The words were matched to an intent.</summary>
    /// <param name="Verdict"><c>accept</c>, <c>confirm</c> or <c>no-match</c>.</param>
    public sealed record Understood(string CallId, TimeSpan At, string Intent, double Confidence, string Verdict, TimeSpan Took) : CallEvent(CallId, At);

    /// <summary>Slots have other values than before.</summary>
    /// <param name="Slots">Those that have changed, by their names; empty text = it has none any more.</param>
    public sealed record Filled(string CallId, TimeSpan At, IReadOnlyDictionary<string, string> Slots) : CallEvent(CallId, At);

    /// <summary>The first audio of a reply went out.</summary>
    /// <param name="SinceSpeech">From the end of the caller's speech to that audio, as the service sees it.</param>
    public sealed record Replied(string CallId, TimeSpan At, TimeSpan SinceSpeech) : CallEvent(CallId, At);

    /// <summary>A server of the flow was asked.</summary>
    /// <param name="Server">Method and address as the flow writes it; holds no value of the call.</param>
    /// <param name="Failure">Why it failed; empty = it answered.</param>
    public sealed record Asked(string CallId, TimeSpan At, string Server, string Failure, TimeSpan Took) : CallEvent(CallId, At);

    /// <summary>The recording of the call is over.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Recorded(string CallId, TimeSpan At, string Path, TimeSpan Length) : CallEvent(CallId, At);

    /// <summary>The service is done with the call.</summary>
    /// <param name="Next">Where the channel goes: a destination, <c>dialplan</c> or <c>hang-up</c>.</param>
    public sealed record Ended(string CallId, TimeSpan At, string Result, string Reason, string Intent, string Next) : CallEvent(CallId, At)
    {
        /// <summary>Of a call that was refused, and so has no other event; else null.</summary>
        [JsonIgnore]
        public CallFacts? Facts { get; init; }

        /// <summary>How its audio fared; null = unknown.</summary>
        [JsonIgnore]
        public AudioReport? Audio { get; init; }
    }
}
