using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Whisper;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>A pool of the program FakeSpeech in the place of whisper-server: real processes, real HTTP, chosen faults.</summary>
internal sealed class FakeWhisper : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-fake-whisper-");

    public FakeWhisper(string behaviour, WhisperOptions? options = null)
    {
        Model = Path.Combine(_folder.FullName, "ggml-fake.bin");
        File.WriteAllText(Model, behaviour.Replace("; ", "\n", StringComparison.Ordinal));
        options ??= new WhisperOptions { Processes = 1, LongestWait = TimeSpan.FromSeconds(30) };
        var launch = new WhisperLaunch("whisper-fake", FakeSpeechProgram.Path, Model, Threads: 1) { LongestWork = TimeSpan.FromMilliseconds(300) };
        Pool = new(launch, options, TimeProvider.System, NullLogger.Instance);
        Recognizer = new("whisper-fake", Pool, _ => true, TimeProvider.System);
    }

    public string Model { get; }

    public WhisperPool Pool { get; }

    public WhisperRecognizer Recognizer { get; }

    /// <summary>Half a second of a tone.</summary>
    public Task<Transcript> HearAsync(CancellationToken cancellationToken = default) =>
        Recognizer.RecognizeAsync(Sounds.Tone(440, 0.5), Expectation.Anything, "en-US", cancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
