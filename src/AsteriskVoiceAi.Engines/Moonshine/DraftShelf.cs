using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>
/// What was read a moment ago, by how the sound begins: a caller who pauses and goes on is recognised anew from their first word at each pause, and most
/// of it reads as before. Only ever a hint; holds the words of the last few callers for some seconds. Thread-safe.
/// </summary>
internal sealed class DraftShelf(TimeProvider time)
{
    /// <summary>400 ms at 16 kHz: the margin and a first syllable. No two callers' noise is alike.</summary>
    private const int KeySamples = 6400;

    /// <summary>Callers at once.</summary>
    private const int Most = 64;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(int Sound, bool Free), Draft> _drafts = [];

    /// <param name="free">Whether anything is read or what a grammar allows; they write the same in different ways.</param>
    /// <returns>Empty = nothing is known of it.</returns>
    public IReadOnlyList<int> Find(ReadOnlySpan<float> speech, bool free)
    {
        lock (_gate)
            return _drafts.TryGetValue(Key(speech, free), out var draft) && time.GetElapsedTime(draft.Read) < Longest ? draft.Tokens : [];
    }

    public void Keep(ReadOnlySpan<float> speech, bool free, IReadOnlyList<int> tokens)
    {
        lock (_gate)
        {
            if (_drafts.Count >= Most)
                Tidy();
            _drafts[Key(speech, free)] = new(tokens, time.GetTimestamp());
        }
    }

    private void Tidy()
    {
        foreach (var (key, draft) in _drafts)
        {
            if (time.GetElapsedTime(draft.Read) >= Longest)
                _drafts.Remove(key);
        }
        if (_drafts.Count >= Most)
            _drafts.Remove(_drafts.MinBy(entry => entry.Value.Read).Key);
    }

    private static (int Sound, bool Free) Key(ReadOnlySpan<float> speech, bool free)
    {
        // Two that are alike by chance get each other's draft, which then does not fit.
        var sound = new HashCode();
        sound.AddBytes(MemoryMarshal.AsBytes(speech[..Math.Min(KeySamples, speech.Length)]));
        return (sound.ToHashCode(), free);
    }

    private sealed record Draft(IReadOnlyList<int> Tokens, long Read);
}
