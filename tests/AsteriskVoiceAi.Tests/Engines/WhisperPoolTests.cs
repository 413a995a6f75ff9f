using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Whisper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

[CancelAfter(60_000)]
public sealed class WhisperPoolTests
{
    [Test]
    public async Task Answer_has_text_confidence_and_engine()
    {
        await using var whisper = new FakeWhisper("text=Where is my parcel?");
        await whisper.Pool.Started;

        var transcript = await whisper.HearAsync();

        Assert.That(transcript, Is.EqualTo(transcript with { Text = "Where is my parcel?", Confidence = 0.9, Engine = "whisper-fake" }));
    }

    [Test]
    public async Task Each_process_answers_one_question_at_a_time()
    {
        await using var whisper = new FakeWhisper("text={pid}", new WhisperOptions { Processes = 2, LongestWait = TimeSpan.FromSeconds(30) });
        await whisper.Pool.Started;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => whisper.HearAsync()));

        Assert.That(answers.Select(answer => answer.Text).Distinct().Count(), Is.EqualTo(2));
    }

    // after=1: the first answer is the warm-up's.
    // The broken connection and the end of the process are both first at times.
    [TestCase("crash", "can't be used", "ended in the middle of its work")]
    [TestCase("garbage", "no transcription: ' <html>not json'")]
    [TestCase("refuse", "status 500: '{\"error\":\"failed to process audio\"}'")]
    [TestCase("huge", "can't be used")]
    public async Task Process_that_breaks_is_replaced(string fault, params string[] said)
    {
        await using var whisper = new FakeWhisper($"text={{pid}}; fault={fault}; after=2");
        await whisper.Pool.Started;
        var first = await whisper.HearAsync();

        var failure = await Assert.ThrowsAsync<SpeechEngineException>(() => whisper.HearAsync());
        var second = await Until.AnsweredAsync(whisper.HearAsync);

        Assert.That(failure!.Message, Does.StartWith("whisper-server "));
        Assert.That(said.Any(words => failure.Message.Contains(words, StringComparison.Ordinal)), failure.Message);
        Assert.That(second.Text, Is.Not.EqualTo(first.Text));
    }

    [Test]
    public async Task Process_that_hangs_is_replaced_and_its_caller_does_not_wait_for_it()
    {
        await using var whisper = new FakeWhisper("text={pid}; fault=hang; after=2");
        await whisper.Pool.Started;
        var first = await whisper.HearAsync();

        using var budget = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.That(async () => await whisper.HearAsync(budget.Token), Throws.InstanceOf<OperationCanceledException>());
        var second = await Until.AnsweredAsync(whisper.HearAsync);

        Assert.That(second.Text, Is.Not.EqualTo(first.Text));
    }

    [Test]
    public async Task Flood_of_errors_neither_stops_a_process_nor_fills_memory()
    {
        await using var whisper = new FakeWhisper("flood=true");
        await whisper.Pool.Started;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 20; i++)
            Assert.That((await whisper.HearAsync()).Text, Is.EqualTo("hello"));

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(4 * 1024 * 1024));
    }

    [Test]
    public async Task Process_that_has_grown_is_replaced_after_its_answer()
    {
        await using var whisper = new FakeWhisper("text={pid}", new WhisperOptions { Processes = 1, MostMemory = 1, LongestWait = TimeSpan.FromSeconds(30) });
        await whisper.Pool.Started;

        var first = await whisper.HearAsync();
        var second = await Until.AnsweredAsync(whisper.HearAsync);

        Assert.That(second.Text, Is.Not.EqualTo(first.Text));
    }

    [Test]
    public async Task Lost_model_file_is_told_with_what_to_do()
    {
        await using var whisper = new FakeWhisper("fault=crash; after=1", new WhisperOptions { Processes = 1, LongestWait = TimeSpan.FromSeconds(1) });
        await whisper.Pool.Started;
        File.Delete(whisper.Model);

        Assert.That(() => whisper.HearAsync(), Throws.TypeOf<SpeechEngineException>());

        Assert.That(await Until.FailedAsync(whisper.HearAsync, "is not there"), Does.Contain(whisper.Model).And.Contain("run scripts/get-models.sh whisper-fake"));
    }

    [Test]
    public async Task Program_that_ends_at_once_is_told_with_its_last_words()
    {
        await using var whisper = new FakeWhisper("fault=crash");
        await whisper.Pool.Started;

        Assert.That(() => whisper.HearAsync(), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("whisper-server "));
        Assert.That(whisper.Recognizer.Started.IsCompletedSuccessfully);
    }

    [Test]
    public async Task Caller_does_not_wait_in_a_line_that_does_not_move()
    {
        await using var whisper = new FakeWhisper("fault=hang; after=1", new WhisperOptions { Processes = 1, LongestWait = TimeSpan.FromMilliseconds(50) });
        await whisper.Pool.Started;
        using var gone = new CancellationTokenSource();
        var first = whisper.HearAsync(gone.Token);

        Assert.That(() => whisper.HearAsync(), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("no whisper-server became free within 50 ms"));
        await gone.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task No_process_is_left_behind()
    {
        var whisper = new FakeWhisper("text={pid}");
        await whisper.Pool.Started;
        var pid = (await whisper.HearAsync()).Text;

        await whisper.DisposeAsync();

        Assert.That(Directory.Exists($"/proc/{pid}"), Is.False);
    }

    [TestCase("crash")]
    [TestCase("hang")]
    [TestCase("garbage")]
    [TestCase("refuse")]
    [TestCase("huge")]
    public async Task Call_goes_on_with_the_next_engine(string fault)
    {
        await using var broken = new FakeWhisper($"fault={fault}; after=1");
        await using var whole = new FakeWhisper("text=Billing, please.");
        await Task.WhenAll(broken.Pool.Started, whole.Pool.Started);
        var second = new WhisperRecognizer("second", whole.Pool, _ => true, TimeProvider.System);
        var ladder = new SpeechLadder(
            new("recognition", [broken.Recognizer, second], r => r.Name, TimeSpan.FromSeconds(2), "install one", TimeProvider.System, NullLogger.Instance), () => false);

        for (var call = 0; call < 3; call++)
        {
            var transcript = await ladder.RecognizeAsync(Sounds.Tone(440, 0.5), Expectation.Anything, "en", CancellationToken.None);
            Assert.That((transcript.Text, transcript.Engine), Is.EqualTo(("Billing, please.", "second")));
        }
    }
}
