namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>What came of one sender's packets, as a receiver report counts it (RFC 3550, section 6.4.1 and appendix A.3).</summary>
internal struct ReceptionCount
{
    private long _first;
    private long _highest;
    private long _received;
    private long _expectedBefore;
    private long _receivedBefore;
    private bool _any;

    public readonly bool Any => _any;

    /// <summary>Sequence number with its wraps.</summary>
    public readonly uint Highest => (uint)_highest;

    /// <summary>24 bits with sign: duplicates can make it negative.</summary>
    public readonly int Lost => (int)Math.Clamp(_highest - _first + 1 - _received, -0x800000, 0x7FFFFF);

    public void Add(ushort sequence)
    {
        if (!_any)
            (_first, _highest, _any) = (sequence, sequence - 1, true);
        var ahead = (short)(sequence - (ushort)_highest);
        if (ahead > 0)
            _highest += ahead;
        _received++;
    }

    /// <summary>Share of the packets since the last question that are missing, in 1/256.</summary>
    public byte TakeFraction()
    {
        var (expected, received) = (_highest - _first + 1 - _expectedBefore, _received - _receivedBefore);
        (_expectedBefore, _receivedBefore) = (_highest - _first + 1, _received);
        var lost = expected - received;
        return expected <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, (lost << 8) / expected);
    }
}
