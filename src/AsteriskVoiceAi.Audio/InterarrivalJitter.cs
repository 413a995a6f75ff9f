namespace AsteriskVoiceAi.Audio;

/// <summary>How unevenly packets arrive: the mean deviation of RFC 3550, section 6.4.1 and appendix A.8. Times in units of the RTP clock.</summary>
public struct InterarrivalJitter
{
    private long _transit;
    private bool _known;

    // In 1/16 of a unit, so that the division by 16 loses nothing.
    private long _sixteenths;

    /// <summary>Units of the RTP clock, as a receiver report carries it.</summary>
    public readonly uint Units => (uint)(_sixteenths >> 4);

    /// <param name="transit">Arrival minus timestamp: of any origin, as only its changes count.</param>
    public void Add(long transit)
    {
        if (_known)
            _sixteenths += Math.Abs(transit - _transit) - ((_sixteenths + 8) >> 4);
        (_transit, _known) = (transit, true);
    }

    /// <summary>The next packet is of another stream: its transit compares with no earlier one. The estimate stays.</summary>
    public void StartOver() => _known = false;
}
