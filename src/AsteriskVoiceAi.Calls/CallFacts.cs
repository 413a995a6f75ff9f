namespace AsteriskVoiceAi.Calls;

/// <summary>What is known of a call as it begins, for its record.</summary>
/// <param name="Began">UTC; of a call that is taken up again, its first beginning.</param>
/// <param name="LinkedId">The platform's id of all channels that this call belongs to; empty = unknown.</param>
/// <param name="Flow">The flow that it runs; empty for a single request of the dialplan.</param>
/// <param name="FlowVersion">Of that flow's file, as <see cref="Flows.LoadedFlow.Version"/>; empty = there is no such flow.</param>
/// <param name="Transport">How its audio travels, e.g. <c>rtp</c>; empty = unknown.</param>
/// <param name="Codec">On the wire, e.g. <c>ulaw</c>; empty = unknown.</param>
public sealed record CallFacts(
    DateTimeOffset Began,
    string Entry,
    string Channel,
    string CallerNumber,
    string DialedNumber,
    string Language,
    string LinkedId,
    string Flow,
    string FlowVersion,
    string Transport,
    string Codec);
