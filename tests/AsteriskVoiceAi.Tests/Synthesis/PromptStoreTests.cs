using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Synthesis;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PromptStoreTests : IDisposable
{
    private static readonly Prompt Hello = new("Hello.", "en-US") { IsFixed = true };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-store-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-25T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly CountingVoice _voice = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Fixed_prompt_is_there_after_a_restart()
    {
        var made = await AskAsync(Hello);

        var again = await AskAsync(Hello);

        Assert.That(again.Samples.ToArray(), Is.EqualTo(made.Samples.ToArray()));
        Assert.That(_voice.Made, Is.EqualTo(1));
        Assert.That(Store().Status.Bytes, Is.EqualTo(_folder.EnumerateFiles().Sum(file => file.Length)));
    }

    [Test]
    public async Task What_is_not_said_to_everybody_never_gets_to_the_disk()
    {
        await AskAsync(Hello with { IsFixed = false, Text = "Your number is 4711, Ann." });

        Assert.That(_folder.EnumerateFiles(), Is.Empty);
    }

    [Test]
    public async Task Other_voice_pace_rate_or_engine_is_another_sound()
    {
        await AskAsync(Hello);
        await AskAsync(Hello with { Speed = 1.2 });
        await AskAsync(Hello with { Language = "en-GB" });
        await AskAsync(Hello, rate: 16_000);
        _voice.Name = "counting-2";
        await AskAsync(Hello);
        // Whether it can be talked over changes nothing.
        await AskAsync(Hello with { MustBeHeard = true });

        Assert.That(_voice.Made, Is.EqualTo(5));
        Assert.That(_folder.EnumerateFiles().Count(), Is.EqualTo(5));
    }

    [Test]
    public async Task Prompt_of_the_second_choice_is_not_written()
    {
        _voice.IsSecondChoice = true;

        await AskAsync(Hello);

        Assert.That(_folder.EnumerateFiles(), Is.Empty);
    }

    [Test]
    public async Task File_cut_short_or_spoilt_anywhere_is_dropped_and_made_again()
    {
        await AskAsync(Hello);
        var whole = await File.ReadAllBytesAsync(_folder.EnumerateFiles().Single().FullName);
        var path = _folder.EnumerateFiles().Single().FullName;
        List<byte[]> damaged = [[], whole[..^1], whole[..50], [.. whole, 0], new byte[5000]];
        foreach (var at in new[] { 0, 8, 11, 20, whole.Length / 2, whole.Length - 1 })
        {
            var spoilt = whole.ToArray();
            spoilt[at] ^= 0x40;
            damaged.Add(spoilt);
        }
        foreach (var file in damaged)
        {
            await File.WriteAllBytesAsync(path, file);
            var store = Store();

            Assert.That(store.Find(PromptKey.Of(Hello, _voice.Name, 8000)), Is.Null);
            Assert.That((store.Status.Dropped, File.Exists(path)), Is.EqualTo((1, false)));
        }
    }

    [Test]
    public async Task File_of_other_words_under_this_name_is_not_believed()
    {
        await AskAsync(Hello);
        var name = _folder.EnumerateFiles().Single().FullName;
        await AskAsync(Hello with { Text = "Goodbye." });
        File.Move(_folder.EnumerateFiles().Single(file => file.FullName != name).FullName, name, overwrite: true);

        Assert.That(Store().Find(PromptKey.Of(Hello, _voice.Name, 8000)), Is.Null);
    }

    [Test]
    public async Task Folder_keeps_to_its_limit_and_what_was_not_used_for_longest_goes()
    {
        // 1000 samples = 2000 bytes and some 150 more a file: 9 fit.
        _voice.Samples = 1000;
        for (var i = 0; i < 30; i++)
        {
            await AskAsync(Hello with { Text = $"Text {i}." }, limit: 20_000);
            foreach (var file in _folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc > new DateTime(2026, 1, 1)))
                file.LastWriteTimeUtc = new DateTime(2026, 1, 1).AddMinutes(i - 100_000);
        }

        Assert.That(_folder.EnumerateFiles().Sum(file => file.Length), Is.LessThanOrEqualTo(20_000));
        Assert.That(Store().Find(Key("Text 0.")), Is.Null);
        Assert.That(Store().Find(Key("Text 29.")), Is.Not.Null);
    }

    [Test]
    public async Task Full_disk_does_not_stop_a_call_and_is_left_alone_for_a_minute()
    {
        var full = 0;
        var store = new PromptStore(_folder.FullName, 1 << 20, _time, NullLogger.Instance, path => new FullDisk(path, () => full++));
        var cache = new PromptCache(_voice, store: store, time: _time);

        for (var i = 0; i < 5; i++)
        {
            Assert.That((await cache.GetAsync(Hello with { Text = $"{i}." }, 8000, CancellationToken.None)).Samples.Length, Is.Positive);
            await store.FlushAsync();
        }
        Assert.That(full, Is.EqualTo(1));
        Assert.That(store.Status.LastError, Does.Contain("No space left"));
        Assert.That(_folder.EnumerateFiles(), Is.Empty, "half a file is left");

        _time.Advance(TimeSpan.FromSeconds(61));
        await cache.GetAsync(Hello, 8000, CancellationToken.None);
        await store.FlushAsync();
        Assert.That(full, Is.EqualTo(2));
    }

    [Test]
    public async Task Folder_that_can_not_be_made_does_not_stop_a_call()
    {
        var file = Path.Combine(_folder.FullName, "a-file");
        await File.WriteAllTextAsync(file, "");
        var store = new PromptStore(Path.Combine(file, "folder"), 1 << 20, _time, NullLogger.Instance);
        var cache = new PromptCache(_voice, store: store, time: _time);

        Assert.That((await cache.GetAsync(Hello, 8000, CancellationToken.None)).Samples.Length, Is.Positive);
        await store.FlushAsync();
        Assert.That(store.Status.Failures, Is.Positive);
    }

    [Test]
    public async Task Two_processes_that_keep_the_same_words_leave_one_whole_file()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => Store()).ToList();
        await Task.WhenAll(stores.Select(store => Task.Run(() => store.Keep(PromptKey.Of(Hello, _voice.Name, 8000), new SpokenPrompt(new short[50_000], 8000)))));
        foreach (var store in stores)
            await store.FlushAsync();

        Assert.That(_folder.EnumerateFiles().Count(), Is.EqualTo(1));
        Assert.That(Store().Find(PromptKey.Of(Hello, _voice.Name, 8000))!.Samples.Length, Is.EqualTo(50_000));
    }

    [Test]
    public async Task What_a_crash_left_half_written_is_cleared_away_later()
    {
        var old = Path.Combine(_folder.FullName, "a.unfinished");
        var fresh = Path.Combine(_folder.FullName, "b.unfinished");
        var others = Path.Combine(_folder.FullName, "notes.txt");
        foreach (var file in new[] { old, fresh, others })
            await File.WriteAllTextAsync(file, "x");
        File.SetLastWriteTimeUtc(old, _time.GetUtcNow().UtcDateTime.AddHours(-2));
        File.SetLastWriteTimeUtc(fresh, _time.GetUtcNow().UtcDateTime);

        await AskAsync(Hello);

        Assert.That((File.Exists(old), File.Exists(fresh), File.Exists(others)), Is.EqualTo((false, true, true)));
    }

    [Test]
    public async Task Purge_removes_speech_and_nothing_else()
    {
        await AskAsync(Hello);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "notes.txt"), "x");

        Assert.That(new PromptFolder(_folder.FullName).Purge(), Is.EqualTo(1));
        Assert.That(_folder.EnumerateFiles().Select(file => file.Name), Is.EqualTo(new[] { "notes.txt" }));
    }

    private PromptStore Store(long limit = 1 << 20) => new(_folder.FullName, limit, _time, NullLogger.Instance);

    private PromptKey Key(string text) => PromptKey.Of(Hello with { Text = text }, _voice.Name, 8000);

    /// <summary>As a service does that was started for it.</summary>
    private async Task<SpokenPrompt> AskAsync(Prompt prompt, int rate = 8000, long limit = 1 << 20)
    {
        await using var store = Store(limit);
        return await new PromptCache(_voice, store: store, time: _time).GetAsync(prompt, rate, CancellationToken.None);
    }

    private sealed class CountingVoice : ISpeechSynthesizer
    {
        public string Name { get; set; } = "counting-1";

        public int Made { get; private set; }

        public int Samples { get; set; } = 4000;

        public bool IsSecondChoice { get; set; }

        public bool Speaks(string language) => true;

        public ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
        {
            Made++;
            return new(new SpokenPrompt(Enumerable.Range(0, Samples).Select(i => (short)(i * 7)).ToArray(), 8000) { IsSecondChoice = IsSecondChoice });
        }
    }

    /// <summary>A file on a disk that is full after the first block.</summary>
    private sealed class FullDisk(string path, Action written) : FileStream(path, FileMode.CreateNew)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer[..Math.Min(512, buffer.Length)]);
            written();
            throw new IOException("No space left on device");
        }
    }
}
