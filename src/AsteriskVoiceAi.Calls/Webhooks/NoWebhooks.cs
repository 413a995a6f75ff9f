namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>No server is asked.</summary>
public sealed class NoWebhooks : IWebhookClient
{
    private NoWebhooks() { }

    public static NoWebhooks Instance { get; } = new();

    public Task<WebhookAnswer> AskAsync(WebhookRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<WebhookAnswer>(new WebhookAnswer.Failed("no servers are asked here"));
}
