using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Synthesis.Storage;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>
/// Prompts' audio by content: text, voice, language, speed and rate. A prompt asked for twice at once is made once, and not to its end when
/// nobody waits for it any more. In memory, least recently used goes first; what a flow says word for word to everybody is on disk, too.
/// </summary>
/// <remarks>Thread-safe. May hold what a caller said where a dialplan reads it back: that stays in memory.</remarks>
/// <param name="store">Null = nothing is kept on disk.</param>
internal sealed class PromptCache(ISpeechSynthesizer synthesizer, long capacityBytes = PromptCache.DefaultCapacity, PromptStore? store = null, TimeProvider? time = null) : IAsyncDisposable, IDisposable
{
    /// <summary>64 MiB = 70 minutes at 8 kHz, 16 bit.</summary>
    public const long DefaultCapacity = 64 << 20;

    /// <summary>What an entry takes beside its samples and its text, about.</summary>
    private const int Overhead = 700;

    /// <summary>What another engine than the preferred one made is used for so long; then the preferred one is asked again.</summary>
    private static readonly TimeSpan SecondChoiceLives = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<PromptKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _bytes;
    private long _hits;
    private long _misses;
    private long _made;
    private long _cancelled;
    private long _failed;

    /// <summary>The engine in use, for records.</summary>
    public string Engine => synthesizer.Name;

    /// <summary>Ends when the engine is up: what is made earlier may be another's, and is not kept for long.</summary>
    public Task Started => synthesizer.Started;

    public PromptCacheStatus Status
    {
        get
        {
            lock (_gate)
                return new(_hits, _misses, _made, _cancelled, _failed, _entries.Count, _bytes, capacityBytes, store?.Status);
        }
    }

    /// <summary>Ends when what is to be kept is on disk.</summary>
    public ValueTask DisposeAsync() => store?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>For hosts that end without waiting; what is not on disk yet is made again.</summary>
    public void Dispose() { }

    public bool Speaks(string language) => synthesizer.Speaks(language);

    /// <exception cref="SpeechEngineException">No engine could make it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The synthesis goes on only when somebody else waits for it.</exception>
    public async Task<SpokenPrompt> GetAsync(Prompt prompt, int sampleRate, CancellationToken cancellationToken)
    {
        var entry = Enter(PromptKey.Of(prompt, synthesizer.Name, sampleRate));
        try
        {
            var spoken = await entry.Audio.WaitAsync(cancellationToken);
            if (prompt.IsFixed && !spoken.IsSecondChoice && store is not null && entry.KeepOnce())
                store.Keep(entry.Key, spoken);
            return spoken;
        }
        finally
        {
            Leave(entry);
        }
    }

    private Entry Enter(PromptKey key)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var node) && _time.GetUtcNow() > node.Value.GoodUntil)
            {
                Remove(node);
                node = null;
            }
            if (node is not null)
            {
                _hits++;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            else
            {
                _misses++;
                var entry = new Entry(key);
                _entries[key] = node = _byUse.AddFirst(entry);
                entry.Audio = MakeAsync(entry);
                // Nobody may be left to look at a failure; it is looked at here, so that it is not reported as lost.
                _ = entry.Audio.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            node.Value.Waiting++;
            return node.Value;
        }
    }

    private void Leave(Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Waiting > 0 || entry.Audio.IsCompleted)
                return;
            _cancelled++;
            Forget(entry);
        }
        // On another thread: ending a program is no work for the loop that hears the caller barge in.
        _ = entry.Abandoned.CancelAsync();
    }

    private async Task<SpokenPrompt> MakeAsync(Entry entry)
    {
        await Task.Yield();
        try
        {
            if (store?.Find(entry.Key) is { } kept)
            {
                entry.KeepOnce();
                return Count(entry, kept);
            }
            var made = await synthesizer.SynthesizeAsync(entry.Key.Prompt, entry.Abandoned.Token);
            Interlocked.Increment(ref _made);
            return Count(entry, made.SampleRate == entry.Key.SampleRate
                ? made
                : made with { Samples = Resampler.Convert(made.Samples.Span, made.SampleRate, entry.Key.SampleRate), SampleRate = entry.Key.SampleRate });
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failed += e is OperationCanceledException ? 0 : 1;
                // Forgotten here, not by who asked: they may have hung up meanwhile.
                Forget(entry);
            }
            throw;
        }
    }

    /// <summary>What was made takes its room; what was not used for longest makes place.</summary>
    private SpokenPrompt Count(Entry entry, SpokenPrompt spoken)
    {
        lock (_gate)
        {
            if (spoken.IsSecondChoice)
                entry.GoodUntil = _time.GetUtcNow() + SecondChoiceLives;
            // One that lost its place meanwhile takes no room.
            if (_entries.TryGetValue(entry.Key, out var node) && node.Value == entry)
            {
                entry.Bytes = (spoken.Samples.Length * sizeof(short)) + (entry.Key.Prompt.Text.Length * sizeof(char)) + Overhead;
                _bytes += entry.Bytes;
            }
            while (_bytes > capacityBytes && _byUse.Last is { } oldest && oldest.Value != entry)
                Remove(oldest);
        }
        return spoken;
    }

    private void Forget(Entry entry)
    {
        if (_entries.TryGetValue(entry.Key, out var node) && node.Value == entry)
            Remove(node);
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }

    private sealed class Entry(PromptKey key)
    {
        private int _kept;

        public PromptKey Key => key;

        public Task<SpokenPrompt> Audio { get; set; } = null!;

        /// <summary>Cancelled when nobody waits any more.</summary>
        public CancellationTokenSource Abandoned { get; } = new();

        /// <summary>Callers that wait for it, or are about to take it.</summary>
        public int Waiting { get; set; }

        public DateTimeOffset GoodUntil { get; set; } = DateTimeOffset.MaxValue;

        /// <summary>Counted for it; 0 while it is being made.</summary>
        public long Bytes { get; set; }

        /// <summary>True the first time: then it goes to the disk.</summary>
        public bool KeepOnce() => Interlocked.Exchange(ref _kept, 1) == 0;
    }
}
