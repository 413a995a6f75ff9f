using AsteriskVoiceAi.Engines.Programs;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Server processes of one model.</summary>
internal sealed class WhisperPool(WhisperLaunch launch, WhisperOptions options, TimeProvider time, ILogger logger) : ITranscriber
{
    private readonly ProgramPool<WhisperProcess> _pool = new(
        new(launch.Engine, "whisper-server", "recognitions", options.ProcessCount, options.LongestWait, "raise speech.whisper.processes or choose a smaller model")
        {
            MostMemory = options.MostMemory * 1024L * 1024L,
            MemoryKey = "speech.whisper.most-memory",
        },
        token => WhisperProcess.StartAsync(launch, time, token),
        time,
        logger);

    public Task Started => _pool.Started;

    public bool IsCongested => _pool.IsCongested;

    public Task<WhisperReply> TranscribeAsync(WhisperQuestion question, CancellationToken cancellationToken) =>
        _pool.AskAsync(
            async (process, token) =>
            {
                var asked = time.GetTimestamp();
                return await process.AskAsync(question, token) with { Took = time.GetElapsedTime(asked) };
            },
            cancellationToken);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
