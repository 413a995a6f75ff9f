namespace AsteriskVoiceAi.Service.Webhooks;

/// <summary>A server can't be asked, or answered what is no answer. Its message is for an operator and holds no secret.</summary>
internal sealed class WebhookException(string message) : Exception(message);
