using System.Diagnostics.CodeAnalysis;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>
/// Whose turn it is. Every member has a turn each 20 ms; the members are spread over 20 slots of 1 ms, so that they do not all send at once.
/// Turns are counted from a fixed beginning: a late one does not make the next one late. Has no clock; times are in nanoseconds.
/// </summary>
internal sealed class PacingWheel<T>
{
    public const long Period = 20_000_000;

    private const int Slots = 20;
    private const long Step = Period / Slots;

    /// <summary>Periods that are made up for: 200 ms. Whoever was held up for longer lets the time before go.</summary>
    private const int MostBehind = 10;

    private readonly List<T>[] _slots = [.. Enumerable.Range(0, Slots).Select(static _ => new List<T>())];
    private readonly long _origin;
    private long _turn;
    private int _count;

    public PacingWheel(long now) => _origin = now;

    /// <summary>Periods that were let go so far.</summary>
    public long Missed { get; private set; }

    /// <summary>When the next turn is; the highest value = there are no members.</summary>
    public long NextDue
    {
        get
        {
            for (var turn = _turn; _count > 0 && turn < _turn + Slots; turn++)
            {
                if (_slots[turn % Slots].Count > 0)
                    return _origin + (turn * Step);
            }
            return long.MaxValue;
        }
    }

    /// <summary>Joins the slot with the fewest members; its first turn is within 20 ms.</summary>
    /// <returns>The slot, to be named when it leaves.</returns>
    public int Add(T member, long now)
    {
        if (_count == 0)
            _turn = Math.Max(_turn, ((now - _origin) / Step) + 1);
        var slot = 0;
        for (var i = 1; i < Slots; i++)
        {
            if (_slots[i].Count < _slots[slot].Count)
                slot = i;
        }
        _slots[slot].Add(member);
        _count++;
        return slot;
    }

    public void Remove(T member, int slot)
    {
        if (_slots[slot].Remove(member))
            _count--;
    }

    /// <summary>The members whose turn has come, one slot at a time, oldest first.</summary>
    public bool TryTurn(long now, [NotNullWhen(true)] out List<T>? members)
    {
        var behind = ((now - _origin) / Step) - _turn;
        if (_count > 0 && behind > MostBehind * Slots)
        {
            // Whole periods, so that each slot misses as many.
            var missed = behind / Slots;
            _turn += missed * Slots;
            Missed += missed;
        }
        for (; _count > 0 && _origin + (_turn * Step) <= now; _turn++)
        {
            members = _slots[_turn % Slots];
            if (members.Count == 0)
                continue;
            _turn++;
            return true;
        }
        members = null;
        return false;
    }
}
