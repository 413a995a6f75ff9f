using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>The test's own ear: recognises what came to the caller, with an engine apart from the service's.</summary>
internal static class Ear
{
    private static readonly Lazy<ISpeechRecognizer> Recognizer = new(() => new ServiceCollection()
        .AddSingleton(Options.Create(new SpeechOptions { ModelsFolder = ModelsFolder, Recognizers = ["moonshine-base"], RecognitionBudget = TimeSpan.FromSeconds(20) }))
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSingleton<ILoggerFactory, NullLoggerFactory>()
        .AddSpeechEngines()
        .BuildServiceProvider()
        .GetRequiredService<ISpeechRecognizer>());

    public static string ModelsFolder => Environment.GetEnvironmentVariable("VOICEAI_MODELS") ?? Path.Combine(Repository.State, "models");

    /// <param name="heard">As it came.</param>
    public static async Task<string> UnderstandAsync(short[] heard, int sampleRate = 8000)
    {
        var resampler = new Resampler(sampleRate, 16_000);
        var wide = new float[resampler.MaxOutput(heard.Length)];
        var length = resampler.Process(heard, wide);
        return (await Recognizer.Value.RecognizeAsync(wide.AsMemory(0, length), Expectation.Anything, "en-US", CancellationToken.None)).Text;
    }
}
