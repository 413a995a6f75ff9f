using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Storage;
using AsteriskVoiceAi.Service.CommandLine;
using AsteriskVoiceAi.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.CommandLine;

internal sealed class SayCommandTests
{
    [Test]
    public async Task Say_writes_what_a_caller_would_hear_and_shows_the_words()
    {
        Sounds.Program("flite");
        using var run = new CommandRun();
        var file = run.PathOf("out.wav");

        Assert.That(await run.InvokeAsync("say", "You owe <say-as interpret-as='currency'>$12.50</say-as>.<break time='1s'/>Goodbye.", "--voice", "flite", "--out", file), Is.EqualTo(ExitCodes.Ok), run.Error);

        Assert.That(run.Output, Does.StartWith("You owe twelve dollars and fifty cents.\nGoodbye.\n").And.Contain("flite-rms"));
        Assert.That(WavFile.TryRead(await File.ReadAllBytesAsync(file), out var samples, out var rate), Is.True);
        Assert.That((rate, samples.Length > 3 * 8000), Is.EqualTo((8000, true)));
        Assert.That(samples.Chunk(800).Count(tenth => tenth.All(sample => sample == 0)), Is.InRange(8, 11), "a second of silence");
    }

    [Test]
    public async Task Mistake_in_the_tags_is_named_before_anything_is_made()
    {
        using var run = new CommandRun();

        Assert.That(await run.InvokeAsync("say", "<bold>Hi</bold>", "--out", run.PathOf("out.wav")), Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("the tag <bold>").And.Contain("expected one of speak, say-as"));
    }

    [Test]
    public async Task Unknown_voice_is_named_with_those_that_there_are()
    {
        using var run = new CommandRun();

        Assert.That(await run.InvokeAsync("say", "Hi.", "--voice", "nobody", "--out", run.PathOf("out.wav")), Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("nobody").And.Contain("flite"));
        Assert.That(File.Exists(run.PathOf("out.wav")), Is.False);
    }

    [Test]
    public async Task Cache_is_shown_and_purged()
    {
        using var run = new CommandRun();
        var config = run.Write("voiceai.yaml", $"prompts:\n  folder: '{run.PathOf("kept")}'\n");
        await using (var store = new PromptStore(run.PathOf("kept"), 1 << 20, TimeProvider.System, NullLogger.Instance))
            store.Keep(PromptKey.Of(new Prompt("Hello there.", "en-US"), "flite-rms-2.2", 8000), new SpokenPrompt(new short[8000], 8000));

        Assert.That(await run.InvokeAsync("cache", "show", "--texts", "--config", config), Is.EqualTo(ExitCodes.Ok));
        Assert.That(run.Output, Does.Contain("1 files of speech, 0.0 of 256 MB").And.Contain("en-US flite-rms-2.2: Hello there."));

        Assert.That(await run.InvokeAsync("cache", "purge", "--config", config), Is.EqualTo(ExitCodes.Ok));
        Assert.That(run.Output, Does.Contain("1 files removed"));
        Assert.That(Directory.GetFiles(run.PathOf("kept")), Is.Empty);
    }

    [Test]
    public async Task Cache_that_was_never_made_is_empty()
    {
        using var run = new CommandRun();
        var config = run.Write("voiceai.yaml", $"prompts:\n  folder: '{run.PathOf("never")}'\n");

        Assert.That(await run.InvokeAsync("cache", "show", "--config", config), Is.EqualTo(ExitCodes.Ok));
        Assert.That(run.Output, Does.Contain("0 files"));
    }
}
