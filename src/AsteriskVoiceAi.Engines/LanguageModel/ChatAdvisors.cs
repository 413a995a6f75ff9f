using AsteriskVoiceAi.Calls.Intents;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.LanguageModel;

/// <summary>Opens the configured language model; one without a URL is asked nothing, and may get one while the service runs.</summary>
internal static class ChatAdvisors
{
    public static IIntentAdvisor Open(LanguageModelOptions options, TimeProvider time, ILogger logger)
    {
        try
        {
            var key = options.KeyFile is null ? null : File.ReadLines(options.KeyFile).First().Trim();
            return new ChatAdvisor(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), options, key, time, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            EnginesLog.AdvisorKeyUnreadable(logger, e.Message);
            return NoIntentAdvisor.Instance;
        }
    }
}
