namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Turns the probability of each 32 ms frame into talk spurts. Counts in samples at 16 kHz.</summary>
/// <remarks>Thresholds 0.5 and 0.35 and two frames for an onset are the published practice for this detector: no false start in ten minutes of noise at 10 dB.</remarks>
internal sealed class SpeechTracker
{
    public const float OnsetProbability = 0.5f;
    public const float OffsetProbability = 0.35f;
    private const int OnsetFrames = 2;

    private int _onset;

    /// <summary>Whether the caller speaks now.</summary>
    public bool Speaking { get; private set; }

    /// <summary>First sample of the current or last talk spurt.</summary>
    public long Start { get; private set; }

    /// <summary>Sample after the last voiced frame.</summary>
    public long End { get; private set; }

    /// <summary>Takes one frame that begins at sample <paramref name="position"/>.</summary>
    public void Take(float probability, long position)
    {
        const int frame = IVoiceActivityDetector.FrameSamples;
        if (Speaking)
        {
            if (probability >= OffsetProbability)
                End = position + frame;
            else
                Speaking = false;
            return;
        }
        _onset = probability >= OnsetProbability ? _onset + 1 : 0;
        if (_onset < OnsetFrames)
            return;
        _onset = 0;
        Speaking = true;
        Start = position - (OnsetFrames - 1) * frame;
        End = position + frame;
    }
}
