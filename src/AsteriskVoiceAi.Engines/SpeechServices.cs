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
    /// <see cref="SpeechEnginesReport"/>, configured by the <see cref="SpeechOptions"/> that the host registers. Nothing has to be installed. The first of them
    /// asked for finds those that speak, and begins to load the models of the others, which takes a second or two; a host starts once that is done, and all have run once.
    /// </summary>
    /// <param name="inBackground">The host starts meanwhile: whoever asks an engine that is not loaded waits for it, and <see cref="EngineReadiness"/> tells when all are.</param>
    public static IServiceCollection AddSpeechEngines(this IServiceCollection services, bool inBackground = false)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<SpeechEngines>();
        services.AddSingleton<EngineReadiness>();
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().Recognizer);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().Synthesizer);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().Detector);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().TurnDetector);
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().SentenceEncoder);
        // For commands, which have nothing to do until all are loaded; the service asks EngineReadiness, which never blocks.
        services.AddSingleton(provider => provider.GetRequiredService<SpeechEngines>().Report.GetAwaiter().GetResult());
        services.AddSingleton<IIntentAdvisor>(provider => ChatAdvisors.Open(provider.GetRequiredService<IOptions<SpeechOptions>>().Value.LanguageModel, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ChatAdvisor>>()));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SpeechEnginesStart>(provider, inBackground));
        return services;
    }
}
