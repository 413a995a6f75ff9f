using System.Text.Json;

namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>What came of asking a server.</summary>
public abstract record WebhookAnswer
{
    private WebhookAnswer() { }

    /// <summary>The server did what it was asked.</summary>
    /// <param name="Json">Whatever it sent, unchecked; <see cref="JsonValueKind.Undefined"/> where nothing was wanted.</param>
    public sealed record Answered(JsonElement Json) : WebhookAnswer;

    /// <param name="Why">In words for an operator; holds no value of the call and no secret.</param>
    public sealed record Failed(string Why) : WebhookAnswer;
}
