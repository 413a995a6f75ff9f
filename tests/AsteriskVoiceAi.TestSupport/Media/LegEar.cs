using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.TestSupport.Media;

/// <summary>Everything that a call's link gives the service to hear, without a gap, and when each frame of it came.</summary>
/// <remarks>Thread-safe; one reader of the link, which is this.</remarks>
public sealed class LegEar
{
    private readonly Lock _gate = new();
    private readonly Waits _waits;
    private readonly List<(Moment At, int Position, int Length)> _frames = [];
    private short[] _samples;
    private int _end;

    internal LegEar(int sampleRate)
    {
        SampleRate = sampleRate;
        _samples = new short[sampleRate * 20];
        _waits = new(ToString);
    }

    /// <summary>Hz.</summary>
    public int SampleRate { get; }

    /// <summary>The link has ended; nothing more will be heard.</summary>
    public bool Ended { get; private set; }

    /// <summary>Samples so far: the place where the next one will be.</summary>
    public int Position
    {
        get
        {
            lock (_gate)
                return _end;
        }
    }

    /// <summary>From a place on, everything so far.</summary>
    public short[] Since(int position)
    {
        lock (_gate)
            return _samples[Math.Min(position, _end).._end];
    }

    /// <summary>When a sample was given to the service: when its frame came, plus its place in it.</summary>
    public Moment HeardAt(int sample)
    {
        lock (_gate)
        {
            var frame = _frames.FindLast(frame => frame.Position <= sample);
            return frame.At + TimeSpan.FromSeconds((double)(sample - frame.Position) / SampleRate);
        }
    }

    /// <summary>Longest time between two frames since an instant.</summary>
    public TimeSpan LongestPause(Moment since)
    {
        lock (_gate)
        {
            var longest = TimeSpan.Zero;
            for (var i = 1; i < _frames.Count; i++)
            {
                if (_frames[i - 1].At >= since && _frames[i].At - _frames[i - 1].At is var pause && pause > longest)
                    longest = pause;
            }
            return longest;
        }
    }

    /// <summary>Waits until so much was heard since a place.</summary>
    public Task WaitForAsync(TimeSpan sound, int since) =>
        _waits.UntilAsync($"The service's next {sound.TotalSeconds:0.###} s of sound", () => Position - since >= sound.TotalSeconds * SampleRate || Ended, sound + TimeSpan.FromSeconds(10));

    public override string ToString() => $"The service heard {Position} samples at {SampleRate} Hz{(Ended ? ", then the link ended" : "")}.";

    /// <summary>Reads the link to its end.</summary>
    internal async Task ListenAsync(IAudioLink link)
    {
        var frame = new short[SampleRate / 50];
        while (await link.ReceiveAsync(frame, CancellationToken.None) is var count and > 0)
        {
            lock (_gate)
            {
                if (_end + count > _samples.Length)
                    Array.Resize(ref _samples, _samples.Length * 2);
                frame.AsSpan(0, count).CopyTo(_samples.AsSpan(_end));
                _frames.Add((Moment.Now, _end, count));
                _end += count;
            }
            _waits.Pulse();
        }
        Ended = true;
        _waits.Pulse();
    }
}
