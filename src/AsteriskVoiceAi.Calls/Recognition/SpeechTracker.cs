namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Turns the probability of each 32 ms frame into talk spurts. Counts in samples at 16 kHz.</summary>
/// <remarks>Thresholds 0.5 and 0.35 and two frames for an onset are the published practice for this detector: no false start in ten minutes of noise at 10 dB.</remarks>
internal sealed class SpeechTracker
{
    public const float OnsetProbability = 0.5f;
    public const float OffsetProbability = 0.35f;
    private const int OnsetFrames = 2;

    private int _onset;
    private float _onsetProbability;
    private float _sum;
    private int _frames;

    /// <summary>Whether the caller speaks now.</summary>
    public bool Speaking { get; private set; }

    /// <summary>First sample of the current or last talk spurt.</summary>
    public long Start { get; private set; }

    /// <summary>Sample after the last voiced frame.</summary>
    public long End { get; private set; }

    /// <summary>Mean probability of the current or last talk spurt.</summary>
    public float Certainty => _frames == 0 ? 0 : _sum / _frames;

    /// <summary>Takes one frame that begins at sample <paramref name="position"/>.</summary>
    public void Take(float probability, long position)
    {
        const int frame = IVoiceActivityDetector.FrameSamples;
        if (Speaking)
        {
            if (probability >= OffsetProbability)
                (End, _sum, _frames) = (position + frame, _sum + probability, _frames + 1);
            else
                Speaking = false;
            return;
        }
        (_onset, _onsetProbability) = probability >= OnsetProbability ? (_onset + 1, _onsetProbability + probability) : (0, 0);
        if (_onset < OnsetFrames)
            return;
        (_sum, _frames) = (_onsetProbability, OnsetFrames);
        (_onset, _onsetProbability) = (0, 0);
        Speaking = true;
        Start = position - (OnsetFrames - 1) * frame;
        End = position + frame;
    }
}
