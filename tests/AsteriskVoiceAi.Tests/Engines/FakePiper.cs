using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The program FakeSpeech in the place of the C++ piper: real processes, its protocol and its abort codes, chosen faults.</summary>
internal sealed class FakePiper : IAsyncDisposable
{
    private readonly VoiceFiles _files;

    public FakePiper(string behaviour = "", PiperOptions? options = null, string config = VoiceFiles.Config)
    {
        _files = new(behaviour.Replace("; ", "\n", StringComparison.Ordinal), config);
        options ??= Patient(processes: 1);
        var voice = PiperVoice.Open(_files.Model, options);
        var launch = new PiperLaunch("piper-program-en_US-fake-medium", FakeSpeechProgram.Path, PiperKind.Json, voice)
        {
            // Only one that hangs is waited for in vain; the others may be slow on a busy machine.
            Patience = TimeSpan.FromSeconds(behaviour.Contains("hang", StringComparison.Ordinal) ? 0.5 : 20),
        };
        Speaker = new(launch, options, TimeProvider.System, NullLogger.Instance);
        Synthesizer = new(voice.Terms(launch.Engine), Speaker);
    }

    public ProgramSpeaker Speaker { get; }

    public PiperSynthesizer Synthesizer { get; }

    public string Model => _files.Model;

    public static PiperOptions Patient(int processes) => new() { Processes = processes, LongestWait = TimeSpan.FromSeconds(30) };

    /// <returns>The id of the process that said it, which the fake hides in its sound.</returns>
    public async Task<int> SayAsync(string text = "Hello there.", CancellationToken cancellationToken = default)
    {
        var spoken = await Speaker.SayAsync(new(Clauses.Sentences(text)[0], 1, 0), cancellationToken);
        return spoken.Samples.Span[0] + (spoken.Samples.Span[1] << 15);
    }

    public Task<SpokenPrompt> SynthesizeAsync(string text, CancellationToken cancellationToken = default) => Synthesizer.SynthesizeAsync(new(text, "en-US"), cancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        await Synthesizer.DisposeAsync();
        _files.Dispose();
    }
}
