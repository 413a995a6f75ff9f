using System.Diagnostics;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The C++ piper's protocol and failures, by a stand-in.</summary>
[CancelAfter(60_000)]
public sealed class PiperProgramTests
{
    [Test]
    public async Task Each_sentence_is_one_question_and_all_of_it_comes_back()
    {
        await using var piper = new FakePiper();
        await piper.Speaker.Started;

        var one = await piper.SynthesizeAsync("Hello there.");
        var three = await piper.SynthesizeAsync("Hello there. \"Hello there.\" Hello there!");

        // 12 characters of 20 ms; the quotes are two more; two pauses of 200 ms between.
        Assert.That(one.Duration.TotalMilliseconds, Is.EqualTo(240).Within(25));
        Assert.That(three.Duration.TotalMilliseconds, Is.EqualTo((3 * 240) + 40 + 400).Within(25));
        Assert.That(piper.Synthesizer.Name, Does.Match("^piper-program-en_US-fake-medium-[0-9a-f]{8}$"));
    }

    [Test]
    public async Task Several_processes_answer_one_question_at_a_time_each()
    {
        await using var piper = new FakePiper(options: FakePiper.Patient(processes: 2));
        await piper.Speaker.Started;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => piper.SayAsync()));

        Assert.That(answers.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Speaker_is_told_to_a_voice_with_several_and_only_to_it()
    {
        var several = VoiceFiles.Config.Replace("\"num_speakers\":1", "\"num_speakers\":3", StringComparison.Ordinal);
        await using var piper = new FakePiper(config: several, options: new() { Processes = 1, Speaker = "2" });
        await piper.Speaker.Started;

        // The stand-in's speaker 2 is a tone of 1320 Hz.
        var spoken = await piper.SynthesizeAsync("Hello there, everybody.");
        var crossings = 0;
        for (var i = 1; i < spoken.Samples.Length; i++)
            crossings += spoken.Samples.Span[i - 1] < 0 && spoken.Samples.Span[i] >= 0 ? 1 : 0;

        Assert.That(crossings / spoken.Duration.TotalSeconds, Is.EqualTo(1320).Within(40));
    }

    [Test]
    public async Task Any_text_is_one_line_that_it_can_read([Range(0, 4)] int number)
    {
        string[] texts = ["null \0 in \u001b[2J it", "two\nlines\r\n\r\n{\"text\":1}", "\"quoted\" \\ {braces}", "\ud83c\udf55 pizza \ud800 half", new string('a', 5_000)];
        await using var piper = new FakePiper();
        await piper.Speaker.Started;
        var before = await piper.SayAsync();

        Assert.That((await piper.SynthesizeAsync(texts[number])).Samples.Length, Is.Positive);
        Assert.That(await piper.SayAsync(), Is.EqualTo(before), "the process has ended");
    }

    [TestCase("", "\"num_speakers\":0", "num_speakers")]
    public void Voice_that_is_broken_is_not_started(string behaviour, string speakers, string said)
    {
        var broken = VoiceFiles.Config.Replace("\"num_speakers\":1", speakers, StringComparison.Ordinal);

        Assert.That(() => new FakePiper(behaviour, config: broken), Throws.TypeOf<SpeechEngineException>().With.Message.Contains(said));
    }

    // after=2: the warm-up's answer and the first one are good.
    [TestCase("crash", "ended with status 134: terminate called after throwing an instance of 'std::bad_alloc'")]
    [TestCase("half", "ended with status 134")]
    [TestCase("garbage", "not the header of a sentence")]
    [TestCase("huge", "not the header of a sentence")]
    [TestCase("hang", "did not say a sentence of 12 characters within 0.9 s")]
    public async Task Process_that_breaks_is_replaced(string fault, string said)
    {
        await using var piper = new FakePiper($"fault={fault}; after=2");
        await piper.Speaker.Started;
        var first = await piper.SayAsync();

        var failure = await Assert.ThrowsAsync<SpeechEngineException>(() => piper.SayAsync());
        var second = await Until.AnsweredAsync(token => piper.SayAsync(cancellationToken: token));

        Assert.That(failure!.Message, Does.StartWith("piper ").And.Contain(said));
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Killed_process_is_replaced_while_flite_answers()
    {
        await using var piper = new FakePiper("fault=hang; after=2");
        await piper.Speaker.Started;
        var ladder = new SynthesisLadder(new(
            "synthesis", [piper.Synthesizer, Sounds.Flite()], static s => s.Name, TimeSpan.FromSeconds(20), "install one", TimeProvider.System, NullLogger.Instance));
        var first = await piper.SayAsync();
        var saying = ladder.SynthesizeAsync(new("Hello there.", "en-US"), CancellationToken.None).AsTask();
        using (var child = Process.GetProcessById(first))
            child.Kill();

        Assert.That((await saying).Engine, Is.EqualTo("flite-rms-2.2"));
        Assert.That(await Until.AnsweredAsync(token => piper.SayAsync(cancellationToken: token)), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Caller_who_leaves_does_not_wait_and_the_process_goes_on()
    {
        await using var piper = new FakePiper();
        await piper.Speaker.Started;
        var first = await piper.SayAsync();
        using var gone = new CancellationTokenSource();
        var saying = piper.SayAsync(cancellationToken: gone.Token);
        await gone.CancelAsync();

        await Task.WhenAny(saying);

        Assert.That(await piper.SayAsync(), Is.EqualTo(first));
    }

    [Test]
    public async Task Caller_who_leaves_a_process_that_hangs_gets_it_replaced()
    {
        await using var piper = new FakePiper("fault=hang; after=2");
        await piper.Speaker.Started;
        var first = await piper.SayAsync();
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.That(async () => await piper.SayAsync(cancellationToken: gone.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await Until.AnsweredAsync(token => piper.SayAsync(cancellationToken: token)), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Voice_that_was_lost_is_told_with_what_to_do()
    {
        await using var piper = new FakePiper("fault=crash; after=1");
        await piper.Speaker.Started;
        File.Delete(piper.Model);

        Assert.That(() => piper.SayAsync(), Throws.TypeOf<SpeechEngineException>());

        Assert.That(await Until.FailedAsync(token => piper.SayAsync(cancellationToken: token), "is not there"), Does.Contain(piper.Model).And.Contain("scripts/get-voice.sh"));
    }

    [Test]
    public async Task No_process_is_left_behind()
    {
        var piper = new FakePiper();
        await piper.Speaker.Started;
        var pid = await piper.SayAsync();

        await piper.DisposeAsync();

        Assert.That(Directory.Exists($"/proc/{pid}"), Is.False);
    }

    [TestCase("usage: piper [-h] -m MODEL [--output-dir-naming {timestamp,text}] [--data-dir DIR]", "Files")]
    [TestCase("usage: piper --output_file FILE --output_raw --json-input", "Json")]
    [TestCase("Usage: piper --json-input --output-file FILE", "")]
    [TestCase("Usage:\n  piper [OPTION?] - configure your mouse", "")]
    public void Kind_is_told_by_the_help(string help, string kind) => Assert.That(PiperKinds.Of(help)?.ToString() ?? "", Is.EqualTo(kind));

    [Test]
    public async Task Program_is_asked_for_its_kind_and_another_of_that_name_is_refused()
    {
        using var workers = new EngineWorkers(1, TimeProvider.System);
        using var slots = new SemaphoreSlim(4);
        var parts = new EngineParts(new(), workers, slots, TimeProvider.System, NullLogger.Instance);

        Assert.That(await PiperKinds.AskAsync(FakeSpeechProgram.Path, parts, TimeSpan.FromSeconds(30)), Is.EqualTo(PiperKind.Json));
        Assert.That(
            async () => await PiperKinds.AskAsync("/bin/cat", parts, TimeSpan.FromSeconds(30)),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("/bin/cat is no Piper").And.Message.Contains("scripts/install-piper.sh"));
    }
}
