using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Recording;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Storage;
using AsteriskVoiceAi.Calls.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls;

/// <summary>Registers the seven steps.</summary>
public static class CallServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<FrameClock>();
        services.AddMetrics();
        services.AddSingleton<ICallFollower, CallMetrics>();
        services.AddSingleton<ICallFollower, CallTraces>();
        services.AddSingleton(s => new CallEvents([.. s.GetServices<ICallFollower>()]));
        services.AddSingleton<RecognitionSpeed>();
        services.AddSingleton(s => new DescriptorRoom(s.GetRequiredService<ILogger<DescriptorRoom>>()));
        services.AddSingleton<CallAdmission>();
        services.AddSingleton(s => new ListeningStatus(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new IntentTraining(s.GetService<ISentenceEncoder>() ?? NoSentenceEncoder.Instance, VectorShelf.In(s.GetRequiredService<IOptions<FlowsOptions>>().Value.VectorsFolder), s.GetRequiredService<ILogger<IntentTraining>>(), s.GetService<IIntentAdvisor>()));
        services.AddSingleton(s => new FlowCatalog(s.GetRequiredService<IOptions<FlowsOptions>>().Value, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<FlowCatalog>>(), s.GetRequiredService<IntentTraining>()));
        services.AddSingleton(Prompts);
        services.AddTransient(s => s.GetRequiredService<PromptCache>().Status);
        services.AddSingleton<CallRecorder>();
        services.AddSingleton<ICallHandler, CallHandler>();
        services.AddSingleton<CallDrain>();
        services.AddHostedService(s => s.GetRequiredService<CallDrain>());
        services.AddHostedService<PromptPreparation>();
        services.AddHostedService<FlowVoiceCheck>();
        return services;
    }

    private static PromptCache Prompts(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<PromptCacheOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        var store = options.DiskMegabytes > 0 ? new PromptStore(options.Folder, options.DiskBytes, time, services.GetRequiredService<ILogger<PromptStore>>()) : null;
        return new PromptCache(services.GetRequiredService<ISpeechSynthesizer>(), options.MemoryBytes, store, time);
    }
}
