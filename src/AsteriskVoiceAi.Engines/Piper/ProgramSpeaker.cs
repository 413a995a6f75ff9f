using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Runs a voice by Piper programs. All speak at the configured pace: they are told it when they start.</summary>
internal sealed class ProgramSpeaker(PiperLaunch launch, PiperOptions options, TimeProvider time, ILogger logger) : ISentenceSpeaker
{
    private readonly ProgramPool<PiperProcess> _pool = new(
        new(launch.Engine, "piper", "sentences", options.ProcessCount, options.LongestWait, "raise speech.piper.processes")
        {
            MostMemory = options.MostMemory * 1024L * 1024L,
            MemoryKey = "speech.piper.most-memory",
        },
        token => PiperProcess.StartAsync(launch, time, token),
        time,
        logger);

    public Task Started => _pool.Started;

    public Task<SpokenPrompt> SayAsync(Sentence sentence, CancellationToken cancellationToken) =>
        _pool.AskAsync((process, token) => process.SayAsync(sentence.Text.Normalize(), sentence.Speaker, token), cancellationToken);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
