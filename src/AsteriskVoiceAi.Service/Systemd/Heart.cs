using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Systemd;

/// <summary>Asks every part for its pulse, one round after the other. Used by one thread; a part that hangs holds up its round, never that thread.</summary>
internal sealed class Heart(IReadOnlyList<IPulse> parts, TimeProvider time, CancellationToken stopped)
{
    private IReadOnlyList<(string Part, Task Beat)> _round = [];
    private long _began;

    /// <summary>How long the round has been under way.</summary>
    public TimeSpan Age => time.GetElapsedTime(_began);

    /// <summary>Every part of the last round has answered; true before the first.</summary>
    public bool IsWhole => _round.All(static part => part.Beat.IsCompletedSuccessfully);

    /// <summary>Parts that have not answered.</summary>
    public IEnumerable<string> Silent => _round.Where(static part => !part.Beat.IsCompletedSuccessfully).Select(static part => part.Part);

    /// <summary>Begins the next round; the last one must be whole.</summary>
    public void Ask()
    {
        _began = time.GetTimestamp();
        // On the pool: a pulse that blocks instead of waiting must not block the one who asks. So the pool is part of each answer.
        _round = [.. parts.Select(part => (part.Part, Task.Run(() => part.BeatAsync(stopped), CancellationToken.None)))];
    }
}
