namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>Asks the servers that flows name. Safe for many calls at once.</summary>
public interface IWebhookClient
{
    /// <summary>Never faults but by cancellation, whatever the server does.</summary>
    Task<WebhookAnswer> AskAsync(WebhookRequest request, CancellationToken cancellationToken);
}
