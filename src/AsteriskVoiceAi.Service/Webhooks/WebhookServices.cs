using AsteriskVoiceAi.Calls.Webhooks;

namespace AsteriskVoiceAi.Service.Webhooks;

/// <summary>Registers the client for the servers that flows ask.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookSecrets>()
        .AddSingleton<IWebhookClient>(provider => new WebhookClient(WebhookClient.Http(), provider.GetRequiredService<WebhookSecrets>(), provider.GetRequiredService<TimeProvider>()));
}
