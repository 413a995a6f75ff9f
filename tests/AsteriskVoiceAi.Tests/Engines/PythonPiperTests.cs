using System.Diagnostics;
using System.Threading.Channels;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.Engines.Programs;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The real Python piper.</summary>
[CancelAfter(120_000)]
public sealed class PythonPiperTests
{
    [Test]
    public async Task Sentences_are_spoken_one_after_the_other_by_one_process()
    {
        var voice = PiperVoice.Open(InstalledPiper.Model, new());
        var launch = new PiperLaunch("piper-program", InstalledPiper.Program, PiperKind.Files, voice);
        await using var process = await PiperProcess.StartAsync(launch, TimeProvider.System, CancellationToken.None);

        var person = await process.SayAsync("I would like to talk to a person.", 0, CancellationToken.None);
        var hostile = await process.SayAsync("-m --debug; $(id) \"quoted\" \ud83c\udf55 naïve", 0, CancellationToken.None);

        var transcript = await InstalledModels.Base.RecognizeAsync(Sounds.Telephone(person), Expectation.Anything, "en-US", CancellationToken.None);
        Assert.That(Sounds.Words(transcript.Text), Does.Contain("talk to a person"));
        Assert.That(hostile.Duration, Is.GreaterThan(TimeSpan.FromSeconds(0.5)));
        Assert.That(process.IsUp);
        Assert.That(Directory.GetDirectories(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"voiceai-piper-{Environment.ProcessId}-*").SelectMany(Directory.GetFiles), Is.Empty);
    }

    [Test]
    public async Task Killed_program_is_replaced()
    {
        var launch = new PiperLaunch("piper-program", InstalledPiper.Program, PiperKind.Files, PiperVoice.Open(InstalledPiper.Model, new()));
        var started = Channel.CreateUnbounded<PiperProcess>();
        await using var pool = new ProgramPool<PiperProcess>(
            new("piper-program", "piper", "sentences", 1, TimeSpan.FromSeconds(60), "raise it"), StartAsync, TimeProvider.System, NullLogger.Instance);
        var first = await started.Reader.ReadAsync();
        var saying = pool.AskAsync((process, token) => process.SayAsync("This sentence is not said to its end.", 0, token), CancellationToken.None);
        using (var child = Process.GetProcessById(first.Id))
            child.Kill();

        Assert.That(async () => await saying, Throws.TypeOf<SpeechEngineException>().With.Message.Contains("piper ended with status 137").Or.Message.Contains("piper closed its pipes"));
        var second = await started.Reader.ReadAsync();
        Assert.That((await second.SayAsync("One.", 0, CancellationToken.None)).Duration, Is.GreaterThan(TimeSpan.FromSeconds(0.2)));

        async Task<PiperProcess> StartAsync(CancellationToken cancellationToken)
        {
            var process = await PiperProcess.StartAsync(launch, TimeProvider.System, cancellationToken);
            started.Writer.TryWrite(process);
            return process;
        }
    }

    [Test]
    public async Task Program_is_known_by_its_help()
    {
        using var workers = new EngineWorkers(1, TimeProvider.System);
        using var slots = new SemaphoreSlim(4);

        var kind = await PiperKinds.AskAsync(InstalledPiper.Program, new(new(), workers, slots, TimeProvider.System, NullLogger.Instance), TimeSpan.FromSeconds(60));

        Assert.That(kind, Is.EqualTo(PiperKind.Files));
    }
}
