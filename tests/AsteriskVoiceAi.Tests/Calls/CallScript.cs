using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Recording;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Telemetry;
using AsteriskVoiceAi.Calls.Webhooks;
using AsteriskVoiceAi.TestSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>
/// A whole call, told from the caller's side. Time passes only while the caller hears, speaks or is silent, 20 ms at once; between
/// these the script waits for what the call does next, however long the machine takes for it.
/// </summary>
internal sealed class CallScript : IAsyncDisposable
{
    /// <summary>How long a machine may take before an event counts as never coming.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The detector's frame of 32 ms may begin and end in the middle of the caller's: at most 32 + 32 + 20 ms until a frame of silence counts.</summary>
    private const int Grain = 100;

    private readonly Waits _waits;
    private readonly Lock _gate = new();
    private readonly List<CallEvent> _events = [];
    private readonly CallEvents.Watch _watch;
    private readonly Task _watching;
    private readonly DirectoryInfo _flows = Directory.CreateTempSubdirectory("voiceai-flows-");
    private readonly FlowCatalog _catalog;
    private readonly CancellationTokenSource _stopping = new();
    private Task<CallOutcome>? _call;
    private int _playbacksSeen;
    private int _saidSeen;
    private int _heardSeen;

    public CallScript(
        CallOptions? options = null, string flow = Flows.Desk, string recordings = "", IReadOnlyList<ICallFollower>? followers = null, ILoggerFactory? logs = null, IWebhookClient? webhooks = null)
    {
        CallEvents = new CallEvents(followers ?? []);
        _waits = new Waits(Describe);
        Options = options ?? new CallOptions();
        (Leg, Voice, Ear) = (new FakeLeg(_waits.Pulse), new FakeVoice(_waits.Pulse), new FakeEar(_waits.Pulse));
        File.WriteAllText(Path.Combine(_flows.FullName, "main.yaml"), flow);
        _catalog = new FlowCatalog(new FlowsOptions { Folder = _flows.FullName, Reload = false }, Time, (logs ?? NullLoggerFactory.Instance).CreateLogger<FlowCatalog>());
        Assert.That(_catalog.Problems, Is.Empty);
        // Done before the clock is anybody's concern.
        _catalog.Get("main")!.Learned.GetAwaiter().GetResult();
        _watch = CallEvents.Begin();
        _watching = WatchAsync();
        var wrapped = Microsoft.Extensions.Options.Options.Create(Options);
        Listening = new ListeningStatus(Time);
        Speed = new RecognitionSpeed(wrapped, Time);
        Admission = new CallAdmission(wrapped, Listening, Speed);
        Recorder = new CallRecorder(Microsoft.Extensions.Options.Options.Create(new RecordingOptions { Folder = recordings }), Time, NullLogger<CallRecorder>.Instance);
        Handler = new CallHandler(Admission, _catalog, new PromptCache(Voice), Ear, Detector, TurnDetector, Listening, CallEvents, Recorder, wrapped, Time, (logs ?? NullLoggerFactory.Instance).CreateLogger<CallHandler>(), webhooks);
    }

    public CallOptions Options { get; }

    public FakeTimeProvider Time { get; } = new();

    public FakeLeg Leg { get; }

    public FakeVoice Voice { get; }

    public FakeEar Ear { get; }

    public FakeDetector Detector { get; } = new();

    public ITurnDetector TurnDetector { get; init; } = NoTurnDetector.Instance;

    public ListeningStatus Listening { get; }

    public RecognitionSpeed Speed { get; }

    public CallEvents CallEvents { get; }

    public CallAdmission Admission { get; }

    public CallHandler Handler { get; }

    public CallRecorder Recorder { get; }

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<CallEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>What the caller heard so far.</summary>
    public string HeardByCaller => Voice.Read(Leg.Played);

    public CallScript Arrives(CallRequest? request = null)
    {
        _call = Handler.HandleAsync(Incoming(request), Leg, _stopping.Token);
        _call.ContinueWith(_ => _waits.Pulse(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return this;
    }

    /// <summary>The call arrives from a service that is gone.</summary>
    public CallScript IsTakenUpAgain(string checkpoint, CallRequest? request = null)
    {
        _call = Handler.HandleAsync(Incoming(request) with { IsAdopted = true, Checkpoint = checkpoint }, Leg, _stopping.Token);
        _call.ContinueWith(_ => _waits.Pulse(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return this;
    }

    public static IncomingCall Incoming(CallRequest? request = null) =>
        new("c1", "test:main", "PJSIP/caller-1", "5551234", "100", "", request ?? new CallRequest.RunFlow("main", new Dictionary<string, string>()));

    /// <summary>The caller hears exactly this, to its end.</summary>
    /// <param name="told">Whether watchers are told of it.</param>
    public async Task HearsAsync(string text, bool told = true)
    {
        await BeginsToHearAsync(text);
        while (Leg.IsPlaying)
            Silent(20);
        if (told)
            await SaidAsync();
    }

    /// <summary>This begins to play; no time passes.</summary>
    public async Task BeginsToHearAsync(string text)
    {
        await UntilAsync($"the prompt \"{text}\"", () => Asked().Length >= text.Length && Leg.WasRead);
        Assert.That(Asked(), Is.EqualTo(text));
        _playbacksSeen = Leg.Playbacks.Count;

        string Asked() => string.Join(' ', Leg.Playbacks.Skip(_playbacksSeen).Select(playback => Voice.Read(playback.Samples.ToArray())));
    }

    /// <summary>The next prompt is over, whichever way.</summary>
    public async Task<CallEvent.Said> SaidAsync() => await NextAsync<CallEvent.Said>("the end of a prompt", ++_saidSeen);

    /// <summary>The caller speaks, falls silent and is understood so.</summary>
    public async Task<CallEvent.Heard> SaysAsync(string text, int ms = 800, double confidence = 0.9)
    {
        Speaks(ms);
        Silent((int)Endpointing.SpeculationFor(Expectation.Anything).TotalMilliseconds + Grain);
        var question = await AskedAsync();
        await AnswerAsync(question, text, confidence);
        var evidence = new PauseEvidence(question.Understood(text, confidence));
        Silent((int)(Endpointing.Decide(question.Expectation, "en-US", evidence, TimeSpan.Zero).Silence - Endpointing.SpeculationFor(question.Expectation)).TotalMilliseconds);
        return await HeardAsync();
    }

    /// <summary>The recogniser answers, and the call knows it before time goes on.</summary>
    public async Task AnswerAsync(FakeEar.Question question, string text, double confidence = 0.9)
    {
        question.Answer(text, confidence);
        var began = TimeProvider.System.GetTimestamp();
        // Nothing tells of this moment; the other threads are let through until it has come.
        while (Listening.Recognizing > 0 && TimeProvider.System.GetElapsedTime(began) < Patience)
            await Task.Yield();
    }

    /// <summary>What the caller said, or did not, has counted.</summary>
    public async Task<CallEvent.Heard> HeardAsync() => await NextAsync<CallEvent.Heard>("the end of the caller's turn", ++_heardSeen);

    /// <summary>The recogniser is asked.</summary>
    public async Task<FakeEar.Question> AskedAsync()
    {
        await UntilAsync("a recognition", () => Ear.Open is not null);
        return Ear.Open!;
    }

    public async Task SaysNothingAsync(int ms = 5000)
    {
        Silent(ms + Grain);
        Assert.That((await HeardAsync()).Text, Is.Empty);
    }

    public void Speaks(int ms) => Pass(ms, Sound.Loud);

    /// <summary>A sound that the detector takes for none.</summary>
    public void Mumbles(int ms) => Pass(ms, Sound.Quiet);

    public void Silent(int ms) => Pass(ms, Sound.None);

    public void Presses(string keys)
    {
        foreach (var key in keys)
            Leg.Press(key);
    }

    public void HangsUp() => Leg.HangUp();

    public void ServiceStops() => _stopping.Cancel();

    /// <summary>The call ends so, and leaves nothing behind.</summary>
    /// <param name="outcome">Result, reason and where the channel goes, e.g. <c>done 602@billing</c>.</param>
    public async Task<CallOutcome> EndsAsync(string outcome)
    {
        await UntilAsync("the end of the call", () => _call!.IsCompleted);
        var ended = await _call!;
        await NextAsync<CallEvent.Ended>("the last event", 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Written(ended), Is.EqualTo(outcome));
            Assert.That(Admission.Active, Is.Zero, "places taken");
            Assert.That(Leg.IsRead, Is.False, "somebody still reads the leg");
            Assert.That(Leg.IsPlaying, Is.False, "something still plays");
            Assert.That(Detector.Streams, Is.Zero, "detector streams left open");
            Assert.That(Ear.Open, Is.Null, "a recognition still runs");
        }
        return ended;
    }

    public Task UntilAsync(string what, Func<bool> condition) => _waits.UntilAsync(what, condition, Patience);

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await _watching;
        _catalog.Dispose();
        _flows.Delete(recursive: true);
        _stopping.Dispose();
    }

    private static string Written(CallOutcome outcome) =>
        string.Join(' ', new[] { CallVariables.Word(outcome.Result), outcome.Reason, CallDiary.Word(outcome.Next) }.Where(word => word.Length > 0));

    private void Pass(int ms, short[] sound)
    {
        for (var passed = 0; passed < ms; passed += 20)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            Leg.Tick(sound);
        }
    }

    private async Task<T> NextAsync<T>(string what, int count) where T : CallEvent =>
        await _waits.ForAsync(what, () => Events.OfType<T>().ElementAtOrDefault(count - 1), Patience);

    private async Task WatchAsync()
    {
        await foreach (var happened in _watch.Reader.ReadAllAsync())
        {
            lock (_gate)
                _events.Add(happened);
            _waits.Pulse();
        }
    }

    private string Describe() => $"The caller heard: {HeardByCaller}\nSynthesised: {string.Join(" | ", Voice.Asked)}\nEvents:\n{string.Join('\n', Events)}";
}
