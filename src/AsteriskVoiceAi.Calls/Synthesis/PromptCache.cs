using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>
/// Prompts' audio by content: text, voice, language, speed and rate. A prompt asked for twice at once is made once. In memory, least recently used goes first.
/// </summary>
/// <remarks>Thread-safe. May hold what a caller said where a dialplan reads it back, so it stays in memory.</remarks>
internal sealed class PromptCache(ISpeechSynthesizer synthesizer, long capacityBytes = PromptCache.DefaultCapacity)
{
    /// <summary>64 MiB = 70 minutes at 8 kHz, 16 bit.</summary>
    public const long DefaultCapacity = 64 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _bytes;

    public long Hits { get; private set; }

    public long Misses { get; private set; }

    /// <summary>The engine in use, for records.</summary>
    public string Engine => synthesizer.Name;

    /// <exception cref="SpeechEngineException">No engine could make it.</exception>
    public async Task<SpokenPrompt> GetAsync(Prompt prompt, int sampleRate, CancellationToken cancellationToken)
    {
        var key = new Key(prompt with { MustBeHeard = false }, synthesizer.Name, sampleRate);
        return await Find(key).WaitAsync(cancellationToken);
    }

    private Task<SpokenPrompt> Find(Key key)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                Hits++;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Audio;
            }
            Misses++;
            // Made for whoever asks next too, so the first caller's hanging up does not cancel it.
            var entry = new Entry(key, MakeAsync(key));
            _entries[key] = _byUse.AddFirst(entry);
            // Nobody may be left to look at a failure; it is looked at here, so that it is not reported as lost.
            _ = entry.Audio.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return entry.Audio;
        }
    }

    private async Task<SpokenPrompt> MakeAsync(Key key)
    {
        await Task.Yield();
        SpokenPrompt made;
        try
        {
            made = await synthesizer.SynthesizeAsync(key.Prompt, CancellationToken.None);
        }
        catch
        {
            // Forgotten here, not by who asked: they may have hung up meanwhile.
            Forget(key);
            throw;
        }
        var fitted = made.SampleRate == key.SampleRate
            ? made
            : new SpokenPrompt(Resampler.Convert(made.Samples.Span, made.SampleRate, key.SampleRate), key.SampleRate);
        lock (_gate)
        {
            // One that lost its place meanwhile takes no room.
            if (_entries.TryGetValue(key, out var node))
            {
                var bytes = fitted.Samples.Length * sizeof(short);
                _bytes += bytes - node.Value.Bytes;
                node.Value.Bytes = bytes;
            }
            while (_bytes > capacityBytes && _byUse.Last is { } oldest && oldest.Value.Key != key)
                Remove(oldest);
        }
        return fitted;
    }

    private void Forget(Key key)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var node))
                Remove(node);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }

    private sealed record Key(Prompt Prompt, string Engine, int SampleRate);

    private sealed class Entry(Key key, Task<SpokenPrompt> audio)
    {
        public Key Key => key;

        public Task<SpokenPrompt> Audio => audio;

        /// <summary>Counted for it; 0 while it is being made.</summary>
        public long Bytes { get; set; }
    }
}
