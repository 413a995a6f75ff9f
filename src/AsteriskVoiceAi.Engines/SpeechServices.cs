using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.LanguageModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Engines;

/// <summary>Registration of the speech engines.</summary>
public static class SpeechServices
{
    /// <summary>
    /// Registers <see cref="ISpeechRecognizer"/>, <see cref="ISpeechSynthesizer"/>, <see cref="IVoiceActivityDetector"/>, <see cref="ITurnDetector"/>, <see cref="ISentenceEncoder"/> and the
    /// <see cref="SpeechEnginesReport"/>, configured by the <see cref="SpeechOptions"/> that the host registers. The first of them asked for loads the
    /// models (about a second); in a host that happens before the servers start. Nothing has to be installed.
    /// </summary>
    public static IServiceCollection AddSpeechEngines(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<SpeechEngines>();
        services.AddSingleton<ISpeechRecognizer>(provider => provider.GetRequiredService<SpeechEngines>().Recognizer);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().Synthesizer);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().Detector);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().TurnDetector);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().SentenceEncoder);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().Report);
        services.AddSingleton<IIntentAdvisor>(provider => ChatAdvisors.Open(provider.GetRequiredService<IOptions<SpeechOptions>>().Value.LanguageModel, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ChatAdvisor>>()));
        services.AddHostedService<SpeechEnginesStart>();
        return services;
    }
}
