using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Engines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LadderTests
{
    private readonly FakeTimeProvider _time = new();
    private bool _overloaded;

    [Test]
    public async Task First_engine_answers()
    {
        var transcript = await RecognizeAsync(new Recognizer("good"), new Recognizer("light"));

        Assert.That(transcript.Engine, Is.EqualTo("good"));
    }

    [Test]
    public async Task Next_engine_answers_for_one_that_fails()
    {
        var transcript = await RecognizeAsync(new Recognizer("broken") { Fails = true }, new Recognizer("light"));

        Assert.That(transcript.Engine, Is.EqualTo("light"));
    }

    [Test]
    public async Task Next_engine_answers_for_one_over_its_budget()
    {
        var stalled = new Recognizer("stalled") { Stalls = true };
        var answer = RecognizeAsync(stalled, new Recognizer("light"));
        await stalled.Started.Task.WaitAsync(TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.That((await answer).Engine, Is.EqualTo("light"));
    }

    [Test]
    public async Task Lightest_engine_answers_in_the_rush_hour()
    {
        _overloaded = true;

        Assert.That((await RecognizeAsync(new Recognizer("good"), new Recognizer("light"))).Engine, Is.EqualTo("light"));
        Assert.That((await RecognizeAsync(new Recognizer("good"), new Recognizer("light") { Fails = true })).Engine, Is.EqualTo("good"));
    }

    [Test]
    public async Task Engine_that_works_too_long_for_its_speech_gives_way_to_the_lightest_and_is_tried_again_later()
    {
        var speed = new RecognitionSpeed(Options.Create(new CallOptions { MaxRealTimeFactor = 0.5 }), _time);
        // Of half a second two count, since each has its fixed costs: so 1.2 s of work are 0.6 of it.
        var (good, light) = (new Recognizer("good") { Work = TimeSpan.FromSeconds(1.2) }, new Recognizer("light") { Work = TimeSpan.FromSeconds(0.2) });
        var ladder = new SpeechLadder(new("recognition", [good, light], r => r.Name, TimeSpan.FromSeconds(2), "install one", _time, NullLogger.Instance), () => false, speed);
        async Task<string> AnswersAsync() => (await ladder.RecognizeAsync(new float[8000], Expectation.Anything, "en-US", CancellationToken.None)).Engine;

        for (var i = 0; i < 5; i++)
            Assert.That(await AnswersAsync(), Is.EqualTo("good"), "four may be chance");
        for (var i = 0; i < 5; i++)
            Assert.That(await AnswersAsync(), Is.EqualTo("light"));
        Assert.That(speed.RealTimeFactors, Is.EquivalentTo(new Dictionary<string, double> { ["good"] = 0.6, ["light"] = 0.1 }));
        Assert.That(speed.LastResort, Is.EqualTo(0.1).Within(1e-9), "callers are served well");

        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.That(await AnswersAsync(), Is.EqualTo("good"));
    }

    [Test]
    public async Task Engine_that_hears_the_language_answers()
    {
        var (english, german) = (new Recognizer("english"), new Recognizer("german") { Language = "de" });

        var transcript = await Ladder(english, german).RecognizeAsync(default, Expectation.Anything, "de-CH", CancellationToken.None);

        Assert.That((transcript.Engine, english.Calls), Is.EqualTo(("german", 0)));
        Assert.That(Ladder(english, german).Hears("fr"), Is.False);
    }

    [Test]
    public async Task Engine_that_keeps_failing_rests_for_half_a_minute()
    {
        var broken = new Recognizer("broken") { Fails = true };
        var ladder = Ladder(broken, new Recognizer("light"));
        for (var i = 0; i < 5; i++)
            await ladder.RecognizeAsync(default, Expectation.Anything, "en-US", CancellationToken.None);
        Assert.That(broken.Calls, Is.EqualTo(3));

        _time.Advance(TimeSpan.FromSeconds(30));
        await ladder.RecognizeAsync(default, Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(broken.Calls, Is.EqualTo(4));
    }

    [Test]
    public async Task Caller_who_leaves_is_not_an_engine_failure()
    {
        using var gone = new CancellationTokenSource();
        var (stalled, light) = (new Recognizer("stalled") { Stalls = true }, new Recognizer("light"));
        var answer = Ladder(stalled, light).RecognizeAsync(default, Expectation.Anything, "en-US", gone.Token).AsTask();
        await stalled.Started.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await gone.CancelAsync();

        Assert.That(async () => await answer, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(light.Calls, Is.Zero);
    }

    [Test]
    public void Ladder_without_rungs_says_what_to_do()
    {
        Assert.That(async () => await RecognizeAsync(), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("no recognition engine is available; install one"));
    }

    [Test]
    public void Every_failure_is_told()
    {
        Assert.That(
            async () => await RecognizeAsync(new Recognizer("a") { Fails = true }, new Recognizer("b") { Fails = true }),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("a: out of order").And.Message.Contains("b: out of order"));
    }

    [Test]
    public async Task Prompt_goes_to_an_engine_that_speaks_its_language()
    {
        var ladder = new SynthesisLadder(new("synthesis", [new Synthesizer("en", 1), new Synthesizer("de", 2)], s => s.Name, TimeSpan.FromSeconds(2), "install one", _time, NullLogger.Instance));

        Assert.That((await ladder.SynthesizeAsync(new("Guten Tag", "de"), CancellationToken.None)).Samples.Length, Is.EqualTo(2));
        Assert.That(ladder.Speaks("fr"), Is.False);
        Assert.That(async () => await ladder.SynthesizeAsync(new("Bonjour", "fr"), CancellationToken.None), Throws.TypeOf<SpeechEngineException>());
    }

    [Test]
    public async Task Prompt_goes_to_the_voice_that_it_asks_for_and_to_the_next_when_that_fails()
    {
        var (first, second) = (new Synthesizer("en", 1), new Synthesizer("en", 2) { Voices = ["joe"] });
        var ladder = new SynthesisLadder(new("synthesis", [first, second], s => s.Name, TimeSpan.FromSeconds(2), "install one", _time, NullLogger.Instance));

        Assert.That((await ladder.SynthesizeAsync(new("Hello", "en"), CancellationToken.None)).Samples.Length, Is.EqualTo(1));
        Assert.That((await ladder.SynthesizeAsync(new("Hello", "en") { Voice = "joe" }, CancellationToken.None)).Samples.Length, Is.EqualTo(2));
        Assert.That((await ladder.SynthesizeAsync(new("Hello", "en") { Voice = "nobody" }, CancellationToken.None)).Samples.Length, Is.EqualTo(1));
        second.Fails = true;
        Assert.That((await ladder.SynthesizeAsync(new("Hello", "en") { Voice = "joe" }, CancellationToken.None)).Samples.Length, Is.EqualTo(1));
        Assert.That(ladder.Voices, Is.EqualTo(new[] { "joe" }));
    }

    private SpeechLadder Ladder(params ISpeechRecognizer[] rungs) =>
        new(new("recognition", rungs, r => r.Name, TimeSpan.FromSeconds(2), "install one", _time, NullLogger.Instance), () => _overloaded);

    private Task<Transcript> RecognizeAsync(params ISpeechRecognizer[] rungs) =>
        Ladder(rungs).RecognizeAsync(default, Expectation.Anything, "en-US", CancellationToken.None).AsTask();

    private sealed class Recognizer(string name) : ISpeechRecognizer
    {
        public string Name => name;

        public bool Fails { get; init; }

        public bool Stalls { get; init; }

        public TimeSpan? Work { get; init; }

        public int Calls { get; private set; }

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Language { get; init; } = "en";

        public bool Hears(string language) => LanguageTag.Primary(language) == Language;

        public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
        {
            Calls++;
            if (Fails)
                throw new SpeechEngineException("out of order");
            if (Stalls)
            {
                var never = new TaskCompletionSource();
                Started.SetResult();
                await never.Task.WaitAsync(cancellationToken);
            }
            return new("hello", 1, name, TimeSpan.Zero) { Work = Work };
        }
    }

    private sealed class Synthesizer(string language, int samples) : ISpeechSynthesizer
    {
        public string Name => language;

        public IReadOnlyList<string> Voices { get; init; } = [];

        public bool Fails { get; set; }

        public bool Speaks(string wanted) => wanted == language;

        public ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken) =>
            Fails ? throw new SpeechEngineException("out of order") : new(new SpokenPrompt(new short[samples], 8000));
    }
}
