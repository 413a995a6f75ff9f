namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// Is what we hear only our own prompt coming back? Compares the loudness of what is received with what was played, shifted by the
/// delay and lowered by the loss that were measured on this very call. Voice activity can't tell: an echo of speech is speech.
/// </summary>
/// <remarks>
/// While the delay is unknown the loudest of the last 0.4 s is compared with; where nothing comes back that is all there is to know. In the
/// first 0.8 s of a call's first prompt the loss is unknown too; a usual echo is supposed then, so that an impatient caller is heard at once.
/// Blocks of 8 ms; four make a frame of the voice detector. Allocates nothing per frame. Not thread-safe.
/// </remarks>
internal sealed class EchoGate
{
    /// <summary>125 blocks a second.</summary>
    private const int BlocksPerSecond = 125;

    /// <summary>Blocks in a frame of 32 ms.</summary>
    private const int FrameBlocks = 4;

    /// <summary>What a room adds to an echo: 60 dB quieter within 0.3 s = 37 blocks, so 10^(-60/10/37) a block.</summary>
    private const double Reverberation = 0.69;

    /// <summary>Mean square of -45 dBFS: what was played quieter teaches nothing.</summary>
    private const double Audible = 32768.0 * 32768 * 3.2e-5;

    /// <summary>Room over the loudest echo that is expected: 3 dB.</summary>
    private const double Room = 2;

    /// <summary>
    /// Supposed while nothing is known: -9 dB. Handsets and lines stay below; a phone on its loudspeaker may be above and stop a call's first
    /// prompt once, which then goes on.
    /// </summary>
    private const double Supposed = 0.126;

    /// <summary>What stands out above the echo is probably the caller; it still counts a little, so that a loss that has changed is learned within some seconds.</summary>
    private const double Doubtful = 1 / 16.0;

    private readonly int _block;
    private readonly double[] _played = new double[EchoDelay.Lags + 2];
    private readonly double[] _heard = new double[FrameBlocks * 4];
    private readonly double[] _expected = new double[FrameBlocks * 4];
    private readonly EchoDelay _delay = new();
    private readonly EchoLoss _anyDelay = new();
    private readonly EchoLoss _thisDelay = new();
    private readonly NoiseFloor _noise = new();
    private long _blocks;
    private double _heardSum;
    private double _playedSum;
    private int _filled;
    private double _tail;
    private int _quiet = EchoDelay.Lags;
    private int _playing;
    private int _lastDelay;

    /// <param name="sampleRate">Of both sounds, Hz.</param>
    public EchoGate(int sampleRate) => _block = sampleRate / BlocksPerSecond;

    /// <summary>Delay of the echo; null = there is none, or it is not known yet.</summary>
    public TimeSpan? Delay => _delay.Blocks is { } blocks ? TimeSpan.FromSeconds((double)blocks / BlocksPerSecond) : null;

    /// <summary>The loudest echo, in dB of received over played; null = not known yet.</summary>
    public double? Gain => _thisDelay.IsKnown ? _thisDelay.Gain : _anyDelay.IsKnown ? _anyDelay.Gain : null;

    /// <summary>Takes what was received, and what was played meanwhile.</summary>
    public void Take(ReadOnlySpan<short> heard, ReadOnlySpan<short> played)
    {
        for (var i = 0; i < heard.Length; i++)
        {
            _heardSum += (double)heard[i] * heard[i];
            _playedSum += (double)played[i] * played[i];
            if (++_filled < _block)
                continue;
            TakeBlock(_heardSum / _block, _playedSum / _block);
            (_heardSum, _playedSum, _filled) = (0, 0, 0);
        }
    }

    /// <summary>Whether the voice detector's frame that begins at this second of the call holds nothing but what we expect to come back.</summary>
    public bool Explains(double frameStart)
    {
        var first = (long)Math.Round(frameStart * BlocksPerSecond);
        double heard = 0, expected = 0;
        for (var block = first; block < first + FrameBlocks && block < _blocks; block++)
        {
            heard += _heard[block % _heard.Length];
            expected += _expected[block % _expected.Length];
        }
        return expected > 0 && heard <= expected * Room;
    }

    private void TakeBlock(double heard, double played)
    {
        _tail = Math.Max(played, _tail * Reverberation);
        _quiet = played > Audible ? 0 : _quiet + 1;
        _played[_blocks % _played.Length] = _tail;
        _noise.Take(heard);
        var lately = _quiet < EchoDelay.Lags;
        _delay.Take(Math.Sqrt(Math.Sqrt(heard)), Math.Sqrt(Math.Sqrt(played)), lately);
        // In the first 0.4 s of a prompt its echo may not be here yet: that there is none teaches nothing.
        _playing = lately ? _playing + 1 : 0;
        var echo = Math.Max(heard - (2 * _noise.Level), 1e-3);
        var expected = lately ? Learn(_anyDelay, Loudest(0, EchoDelay.Lags - 1), echo) : 0;
        if (lately && _delay.Blocks is { } delay)
        {
            if (Math.Abs(delay - _lastDelay) > 1)
                _thisDelay.Forget();
            _lastDelay = delay;
            var shifted = Learn(_thisDelay, Loudest(Math.Max(0, delay - 1), delay + 1), echo);
            expected = _thisDelay.IsKnown ? shifted : expected;
        }
        // Faint tails say nothing; and where nothing was played, nothing comes back.
        _expected[_blocks % _expected.Length] = expected > 0 ? expected + _noise.Level : 0;
        _heard[_blocks % _heard.Length] = heard;
        _blocks++;
    }

    /// <summary>Compares what came back with what was played.</summary>
    /// <returns>The echo that was to be expected.</returns>
    private double Learn(EchoLoss loss, double played, double echo)
    {
        var expected = played * (loss.IsKnown ? Math.Pow(10, loss.Gain / 10) : Supposed);
        if (played > Audible && _playing > EchoDelay.Lags)
            loss.Take(10 * Math.Log10(echo / played), loss.IsKnown && echo > expected * Room * 2 ? Doubtful : 1);
        return expected;
    }

    /// <summary>The loudest of what was played so many blocks ago.</summary>
    private double Loudest(int from, int to)
    {
        double loudest = 0;
        for (var lag = from; lag <= to && lag <= _blocks; lag++)
            loudest = Math.Max(loudest, _played[(_blocks - lag) % _played.Length]);
        return loudest;
    }
}
