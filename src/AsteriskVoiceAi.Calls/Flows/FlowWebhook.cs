using System.Text.Json;
using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>A server that a flow asks, checked: the host is the flow's, whatever callers say.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Body">Members of a JSON object; none = no body.</param>
/// <param name="Headers">With places for secrets.</param>
/// <param name="OnError">Where the call goes when it fails; null = on, as if nothing had been asked.</param>
public sealed record FlowWebhook(
    string Method, FlowText Url, IReadOnlyList<KeyValuePair<string, FlowText>> Body, IReadOnlyList<KeyValuePair<string, FlowText>> Headers, TimeSpan Timeout, FlowTarget? OnError)
{
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Asking again after nobody saw the answer changes nothing there.</summary>
    public bool IsRepeatable => Method == "GET";

    internal IEnumerable<string> Variables => Url.Variables.Concat(Body.SelectMany(member => member.Value.Variables));

    /// <summary>The question with the values of one call: percent-encoded in the address, data in the body.</summary>
    /// <returns>Null = a value makes another place of the address, as ".." does.</returns>
    public WebhookRequest? Request(Func<string, string> value, bool wantsAnswer)
    {
        var address = Url.Fill(name => Uri.EscapeDataString(value(name)));
        if (HasDotSegment(address) || !Uri.TryCreate(address, UriKind.Absolute, out var url))
            return null;
        var body = Body.Count == 0 ? null : JsonSerializer.Serialize(Body.ToDictionary(member => member.Key, member => member.Value.Fill(value)));
        return new WebhookRequest($"{Method} {Url.Source}", Method, url, body, Headers, Timeout, wantsAnswer);
    }

    /// <summary>A path that leaves its folder.</summary>
    internal static bool HasDotSegment(string address) =>
        address.Split('?', '#')[0].Split('/', '\\').Any(segment => segment is "." or "..");
}
