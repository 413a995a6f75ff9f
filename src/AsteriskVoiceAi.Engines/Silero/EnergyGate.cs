using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Engines.Silero;

/// <summary>
/// Says which frames are worth a look: those louder than the line's own noise, to which it adapts. Costs as much as measuring loudness.
/// One call's; not thread-safe; allocates nothing.
/// </summary>
internal sealed class EnergyGate
{
    /// <summary>dBFS. Below this no caller speaks.</summary>
    private const float Quietest = -55;

    /// <summary>
    /// dB over the noise. The loudness of 32 ms of steady noise varies by 0.3 dB (one part in √(2 × 512) of amplitude), so ten times that is no chance;
    /// speech as loud as the noise adds 3 dB to it, and no detector hears speech below.
    /// </summary>
    private const float OverNoise = 3;

    /// <summary>Where the floor begins: so low that the gate is open on a noisy line until it is known how noisy.</summary>
    private const float LowestFloor = -65;

    /// <summary>A frame's part of the way down: a pause between two words takes the floor with it.</summary>
    private const float Fall = 0.3f;

    /// <summary>dB a frame, 5 dB a second: what lasts for seconds without a pause is no speech.</summary>
    private const float Rise = 5 * 0.032f;

    /// <summary>Quiet frames still let through (8 × 32 ms = 256 ms), so that the detector has settled on silence when the gate closes.</summary>
    private const int SettlingFrames = 8;

    private float _floor = LowestFloor;
    private int _quietFrames = SettlingFrames;

    /// <summary>Takes the next frame of 32 ms; false = there is nothing on the line but its noise.</summary>
    public bool Passes(ReadOnlySpan<float> frame)
    {
        var level = Loudness.Dbfs(frame);
        var isQuiet = level < Math.Max(Quietest, _floor + OverNoise);
        _floor = level < _floor ? Math.Max(LowestFloor, _floor + ((level - _floor) * Fall)) : Math.Min(level, _floor + Rise);
        _quietFrames = isQuiet ? Math.Min(_quietFrames + 1, SettlingFrames + 1) : 0;
        return _quietFrames <= SettlingFrames;
    }

    /// <summary>Forgets the line.</summary>
    public void Reset() => (_floor, _quietFrames) = (LowestFloor, SettlingFrames);
}
