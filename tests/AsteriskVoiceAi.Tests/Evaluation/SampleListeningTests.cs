using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Silero;
using AsteriskVoiceAi.Tests.Recognition;

namespace AsteriskVoiceAi.Tests.Evaluation;

/// <summary>Tones for words: loudness decides what is speech, so every instant is known.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SampleListeningTests
{
    private const int Rate = 8000;

    private readonly ScriptedRecognizer _recognizer = new();

    [Test]
    public async Task Text_is_final_as_soon_after_the_last_sound_as_in_a_call()
    {
        _recognizer.Answers.Enqueue("Where is my parcel?");

        var heard = await HearAsync(Sound(1000), Silence(300));

        Assert.That(heard.Text, Is.EqualTo("Where is my parcel?"));
        // An open question that ends like a sentence is over after 550 ms; the detector sees the end a frame or two later.
        Assert.That(heard.ToFinalText!.Value.TotalMilliseconds, Is.InRange(500, 700));
        Assert.That((heard.FalseCutOffs, heard.MissedEnd, heard.Recognitions), Is.EqualTo((0, false, 1)));
    }

    [Test]
    public async Task Speech_cut_apart_is_a_false_cut_off_and_one_text()
    {
        _recognizer.Answers.Enqueue("I have a question.");
        _recognizer.Answers.Enqueue("About my bill.");

        var heard = await HearAsync(Sound(1000), Silence(1000), Sound(800));

        Assert.That(heard.Text, Is.EqualTo("I have a question. About my bill."));
        Assert.That((heard.FalseCutOffs, heard.MissedEnd), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task Speech_that_nobody_notices_is_a_missed_end()
    {
        var heard = await HearAsync(Silence(2000));

        Assert.That((heard.Text, heard.MissedEnd, heard.Recognitions), Is.EqualTo(("", true, 0)));
    }

    [Test]
    public async Task Number_that_is_not_complete_waits_for_the_rest()
    {
        _recognizer.Answers.Enqueue("1 2 3");

        var heard = await HearAsync(new Expectation.Digits(4, 4), Sound(1000));

        Assert.That(heard.ToFinalText!.Value.TotalMilliseconds, Is.InRange(2400, 2700));
    }

    [Test]
    public async Task Engine_that_breaks_is_told()
    {
        _recognizer.Breaks = new SpeechEngineException("out of order");

        Assert.That((await HearAsync(Sound(1000))).Failure, Is.EqualTo("out of order"));
    }

    [Test]
    public void Cancelled_evaluation_ends_as_cancelled()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();

        Assert.That(
            async () => await Listening().HearAsync(new(Sound(1000), Rate, Expectation.Anything, "en-US"), gone.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(LineCodec.ULaw, 8000)]
    [TestCase(LineCodec.ALaw, 8000)]
    [TestCase(LineCodec.None, 16_000)]
    public void Line_keeps_what_a_telephone_carries(LineCodec codec, int rate)
    {
        var tone = TestSupport.Speech.Tones.Sine(1000, TimeSpan.FromSeconds(1), sampleRate: 44_100);

        var (samples, lineRate) = TelephoneLine.Carry(tone, 44_100, codec);

        Assert.That((lineRate, samples.Length), Is.EqualTo((rate, rate)));
        Assert.That(TestSupport.Speech.Tones.Amplitude(samples, 1000, rate), Is.EqualTo(8000).Within(250));
    }

    private Task<HeardSample> HearAsync(params short[][] sounds) => HearAsync(Expectation.Anything, sounds);

    private Task<HeardSample> HearAsync(Expectation expectation, params short[][] sounds) =>
        Listening().HearAsync(new(sounds.SelectMany(sound => sound).ToArray(), Rate, expectation, "en-US"), CancellationToken.None);

    private SampleListening Listening() => new(_recognizer, new EnergyDetector(), TimeSpan.FromSeconds(25), TimeProvider.System);

    private static short[] Sound(int ms) => TestSupport.Speech.Tones.Sine(440, TimeSpan.FromMilliseconds(ms), sampleRate: Rate);

    private static short[] Silence(int ms) => TestSupport.Speech.Tones.Silence(TimeSpan.FromMilliseconds(ms), Rate);
}
