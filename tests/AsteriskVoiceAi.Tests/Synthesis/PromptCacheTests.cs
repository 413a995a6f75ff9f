using System.Threading.Tasks.Sources;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Synthesis;

internal sealed class PromptCacheTests
{
    private static readonly Prompt Hello = new("Hello", "en-US");

    [Test]
    public async Task Prompt_asked_for_twice_is_made_once()
    {
        var voice = new CountingVoice();
        var cache = new PromptCache(voice);

        var first = cache.GetAsync(Hello, 8000, CancellationToken.None);
        var second = cache.GetAsync(Hello, 8000, CancellationToken.None);

        Assert.That(await first, Is.SameAs(await second));
        Assert.That(voice.Made, Is.EqualTo(1));
    }

    [Test]
    public async Task Caller_who_hangs_up_does_not_cancel_the_prompt_for_another_who_waits()
    {
        var voice = new CountingVoice { Gate = new TaskCompletionSource() };
        var cache = new PromptCache(voice);
        using var gone = new CancellationTokenSource();
        var first = cache.GetAsync(Hello, 8000, gone.Token);
        var second = cache.GetAsync(Hello, 8000, CancellationToken.None);

        await gone.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        voice.Gate.SetResult();

        Assert.That((await second).Samples.Length, Is.Positive);
        Assert.That(voice.Made, Is.EqualTo(1));
        Assert.That(cache.Status.Cancelled, Is.Zero);
    }

    [Test]
    public async Task Prompt_that_nobody_waits_for_any_more_is_not_made_to_its_end_and_made_anew_for_the_next()
    {
        var voice = new CountingVoice { Gate = new TaskCompletionSource() };
        var cache = new PromptCache(voice);
        using var gone = new CancellationTokenSource();
        var first = cache.GetAsync(Hello, 8000, gone.Token);
        while (voice.Made == 0)
            await Task.Yield();

        await gone.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await voice.LastStopped.Task.WaitAsync(TimeSpan.FromSeconds(5)), Throws.Nothing);
        voice.Gate = null;

        Assert.That((await cache.GetAsync(Hello, 8000, CancellationToken.None)).Samples.Length, Is.Positive);
        Assert.That(voice.Made, Is.EqualTo(2));
        Assert.That((cache.Status.Cancelled, cache.Status.Made), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Ten_thousand_different_prompts_keep_memory_flat()
    {
        // A second of sound each, so 160 MB if all were kept; 1 MB holds 62.
        var cache = new PromptCache(new CountingVoice(), capacityBytes: 1 << 20);
        await AskAsync(0, 1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await AskAsync(1000, 10_000);

        Assert.That(cache.Status.Bytes, Is.LessThanOrEqualTo(1 << 20));
        Assert.That(cache.Status.Entries, Is.LessThan(70));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(1 << 20));

        async Task AskAsync(int from, int to)
        {
            for (var i = from; i < to; i++)
                await cache.GetAsync(new Prompt($"Your number is {i}.", "en-US"), 8000, CancellationToken.None);
        }
    }

    [Test]
    public async Task What_the_second_choice_made_is_used_for_a_minute_only()
    {
        var time = new FakeTimeProvider();
        var voice = new CountingVoice { IsSecondChoice = true };
        var cache = new PromptCache(voice, time: time);
        await cache.GetAsync(Hello, 8000, CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(59));
        await cache.GetAsync(Hello, 8000, CancellationToken.None);
        Assert.That(voice.Made, Is.EqualTo(1));
        time.Advance(TimeSpan.FromSeconds(2));
        await cache.GetAsync(Hello, 8000, CancellationToken.None);
        Assert.That(voice.Made, Is.EqualTo(2));
    }

    [Test]
    public async Task Failure_is_not_kept()
    {
        var voice = new CountingVoice { Fails = true };
        var cache = new PromptCache(voice);
        Assert.That(async () => await cache.GetAsync(Hello, 8000, CancellationToken.None), Throws.InstanceOf<SpeechEngineException>());

        voice.Fails = false;

        Assert.That((await cache.GetAsync(Hello, 8000, CancellationToken.None)).Samples.Length, Is.Positive);
    }

    [Test]
    public async Task Failure_that_nobody_waits_for_any_more_is_not_kept()
    {
        // The runner's context would queue what goes on after the failure.
        SynchronizationContext.SetSynchronizationContext(null);
        var voice = new FailingOnce();
        var cache = new PromptCache(voice);
        using var gone = new CancellationTokenSource();
        var first = cache.GetAsync(Hello, 8000, gone.Token);
        await voice.Awaited.Task.WaitAsync(TimeSpan.FromSeconds(5));
        await gone.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());

        voice.Fail();

        Assert.That((await cache.GetAsync(Hello, 8000, CancellationToken.None)).Samples.Length, Is.Positive);
    }

    [Test]
    public async Task Least_recently_used_prompt_goes_first_when_the_limit_is_reached()
    {
        // Each prompt is 8000 samples = 16,000 bytes and some 700 more; two fit.
        var voice = new CountingVoice();
        var cache = new PromptCache(voice, capacityBytes: 40_000);
        await cache.GetAsync(Hello, 8000, CancellationToken.None);
        await cache.GetAsync(Hello with { Text = "two" }, 8000, CancellationToken.None);
        await cache.GetAsync(Hello, 8000, CancellationToken.None);
        await cache.GetAsync(Hello with { Text = "three" }, 8000, CancellationToken.None);

        await cache.GetAsync(Hello, 8000, CancellationToken.None);
        Assert.That(voice.Made, Is.EqualTo(3));
        await cache.GetAsync(Hello with { Text = "two" }, 8000, CancellationToken.None);
        Assert.That(voice.Made, Is.EqualTo(4));
    }

    [Test]
    public async Task Prompt_that_lost_its_place_while_it_was_made_takes_none_from_the_others()
    {
        // Each prompt is 16,000 bytes; one fits.
        var gate = new TaskCompletionSource();
        var voice = new CountingVoice { Gate = gate };
        var cache = new PromptCache(voice, capacityBytes: 20_000);
        var slow = cache.GetAsync(Hello, 8000, CancellationToken.None);
        while (voice.Made == 0)
            await Task.Yield();
        voice.Gate = null;
        await cache.GetAsync(Hello with { Text = "two" }, 8000, CancellationToken.None);
        await cache.GetAsync(Hello with { Text = "three" }, 8000, CancellationToken.None);

        gate.SetResult();
        await slow;

        await cache.GetAsync(Hello with { Text = "three" }, 8000, CancellationToken.None);
        Assert.That(voice.Made, Is.EqualTo(3), "the third prompt was made again");
    }

    private sealed class CountingVoice : ISpeechSynthesizer
    {
        private int _made;

        public string Name => "counting";

        public int Made => Volatile.Read(ref _made);

        public bool Fails { get; set; }

        public bool IsSecondChoice { get; init; }

        public TaskCompletionSource? Gate { get; set; }

        /// <summary>Set when a synthesis was given up.</summary>
        public TaskCompletionSource LastStopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Speaks(string language) => true;

        public async ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
        {
            using var stopped = cancellationToken.Register(() => LastStopped.TrySetResult());
            Interlocked.Increment(ref _made);
            if (Gate is not null)
                await Gate.Task.WaitAsync(cancellationToken);
            return Fails ? throw new SpeechEngineException("no voice") : new SpokenPrompt(new short[8000], 8000) { IsSecondChoice = IsSecondChoice };
        }
    }

    /// <summary>Its first prompt fails when told to, and what waits for it has seen that when <see cref="Fail"/> returns.</summary>
    private sealed class FailingOnce : ISpeechSynthesizer, IValueTaskSource<SpokenPrompt>
    {
        private ManualResetValueTaskSourceCore<SpokenPrompt> _first;
        private int _asked;

        public string Name => "failing";

        public TaskCompletionSource Awaited { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Speaks(string language) => true;

        public void Fail() => _first.SetException(new SpeechEngineException("no voice"));

        public ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _asked) == 1 ? new(this, _first.Version) : new(new SpokenPrompt(new short[8000], 8000));

        SpokenPrompt IValueTaskSource<SpokenPrompt>.GetResult(short token) => _first.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<SpokenPrompt>.GetStatus(short token) => _first.GetStatus(token);

        void IValueTaskSource<SpokenPrompt>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _first.OnCompleted(continuation, state, token, flags);
            Awaited.TrySetResult();
        }
    }
}
