using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>A question to a server, with the values of one call filled in.</summary>
/// <param name="Name">For people: the method and the address as the flow writes it, without any value.</param>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Body">JSON; null = none.</param>
/// <param name="Headers">Whose values may name secrets, as {secret.NAME}.</param>
/// <param name="Timeout">For all of the answer.</param>
/// <param name="WantsAnswer">Whether the answer has to be JSON; else it is not read.</param>
public sealed record WebhookRequest(
    string Name, string Method, Uri Url, string? Body, IReadOnlyList<KeyValuePair<string, FlowText>> Headers, TimeSpan Timeout, bool WantsAnswer);
