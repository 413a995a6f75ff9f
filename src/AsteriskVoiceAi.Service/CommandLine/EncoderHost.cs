using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary>The engines without those that hear and speak, for commands that only understand.</summary>
internal static class EncoderHost
{
    /// <summary>Started; what is missing is told.</summary>
    public static async Task<IHost> StartAsync(VoiceAiOptions options, bool wordsOnly, TextWriter error, CancellationToken cancellationToken)
    {
        (options.Speech.Recognizers, options.Speech.Synthesizers, options.Speech.TurnDetector) = ([], [], "none");
        if (wordsOnly)
            options.Speech.SentenceEncoder = "none";
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging().AddSingleton(Options.Create(options.Speech)).AddSpeechEngines();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        foreach (var missing in host.Services.GetRequiredService<SpeechEnginesReport>().Engines.Where(found => found is { IsAvailable: false, Kind: SpeechEngineKind.Meaning }))
            await error.WriteLineAsync($"{missing.Name}: {missing.Detail}");
        return host;
    }
}
