using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>Adds up what the links of one call carried, one after the other. Thread-safe.</summary>
internal sealed class LinkTally
{
    private readonly Lock _gate = new();
    private IMediaLink? _link;
    private MediaCounters _before;

    /// <summary>Of all links so far, named after the last; null = there was none.</summary>
    public AudioReport? Report
    {
        get
        {
            lock (_gate)
                return _link is null ? null : _before.Then(_link.Counters).Report(_link.Transport, _link.Format);
        }
    }

    /// <summary>The call's audio goes over this link from here on.</summary>
    public void Follow(IMediaLink link)
    {
        lock (_gate)
        {
            if (_link is not null)
                _before = _before.Then(_link.Counters);
            _link = link;
        }
    }
}
