using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Loading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>What calls get of engines whose models are still being loaded.</summary>
public sealed class EngineLoadingTests
{
    private TaskCompletionSource<HearingEngines> _loading = null!;
    private EngineWorkers _workers = null!;

    [SetUp]
    public void Begin()
    {
        _loading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _workers = new(1, TimeProvider.System);
    }

    [TearDown]
    public void StopWorkers() => _workers.Dispose();

    [Test]
    public void Caller_who_speaks_early_waits_for_the_models()
    {
        var recognizer = new LoadingRecognizer(_loading.Task);
        var early = recognizer.RecognizeAsync(new float[16_000], Expectation.Anything, "en", CancellationToken.None).AsTask();
        Assert.That(early.IsCompleted, Is.False);

        _loading.SetResult(Nobody());

        Assert.That(async () => await early, Throws.TypeOf<SpeechEngineException>().With.Message.Contains("no recognition engine is available"));
        Assert.That((recognizer.Name, recognizer.Hears("en")), Is.EqualTo(("none", false)));
    }

    [Test]
    public void Caller_who_waited_long_enough_is_told_so_whatever_loads()
    {
        using var patience = new CancellationTokenSource();
        var waiting = new LoadingRecognizer(_loading.Task).RecognizeAsync(new float[16_000], Expectation.Anything, "en", patience.Token).AsTask();

        patience.Cancel();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Pause_is_judged_by_words_and_time_until_the_model_is_there() =>
        Assert.That(await new LoadingTurnDetector(_loading.Task).FinishedAsync(new float[16_000], CancellationToken.None), Is.Null);

    [Test]
    public void Sentence_waits_for_its_encoder()
    {
        var encoder = new LoadingEncoder(_loading.Task);
        var early = encoder.EncodeAsync("billing", CancellationToken.None).AsTask();
        Assert.That(early.IsCompleted, Is.False);

        _loading.SetResult(Nobody());

        Assert.That(async () => await early, Throws.InvalidOperationException.With.Message.Contains("understands no language"));
        Assert.That(encoder.Understands("en"), Is.False);
    }

    [Test]
    public async Task Engine_that_a_damaged_file_breaks_is_missing_and_the_next_one_serves()
    {
        await using var found = new FoundEngines();

        var engines = found.Find<string>(SpeechEngineKind.Recognition, ["broken", "good"], [new Maker()]);

        Assert.That(engines, Is.EqualTo(new[] { "good" }));
        Assert.That(found.Statuses.Select(engine => (engine.Name, engine.IsAvailable)), Is.EqualTo(new[] { ("broken", false), ("good", true) }));
        Assert.That(found.Statuses[0].Detail, Does.Contain(nameof(InvalidDataException)));
    }

    [Test]
    public async Task Host_that_loads_in_the_background_tells_when_it_is_done()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging().AddSingleton(Options.Create(Nothing())).AddSpeechEngines(inBackground: true);
        using var host = builder.Build();
        var readiness = host.Services.GetRequiredService<EngineReadiness>();
        Assert.That(readiness.Report, Is.Null);

        await host.StartAsync();
        await readiness.Ready;

        Assert.That(readiness.Report!.CanRecognize || readiness.Report.CanSpeak, Is.False);
        await host.StopAsync();
    }

    private HearingEngines Nobody() => new(new EngineParts(Nothing(), _workers, new SemaphoreSlim(1), TimeProvider.System, NullLogger.Instance), null);

    private static SpeechOptions Nothing() => new() { ModelsFolder = "/nowhere", Recognizers = [], Synthesizers = [], TurnDetector = "none", SentenceEncoder = "none" };

    private sealed class Maker : IEngineFactory<string>
    {
        public IReadOnlyList<string> Names { get; } = ["broken", "good"];

        public LoadedEngine<string> Load(string name) => name == "good" ? new(name, "") : throw new InvalidDataException();
    }
}
