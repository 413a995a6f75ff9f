namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Is this frame speech? One model, shared; each call has a stream of its own.</summary>
public interface IVoiceActivityDetector
{
    /// <summary>16 kHz samples in one frame: 512 = 32 ms.</summary>
    const int FrameSamples = 512;

    string Name { get; }

    IVoiceActivity Open();
}

/// <summary>Voice activity of one call. Not thread-safe; allocates nothing per frame.</summary>
public interface IVoiceActivity : IDisposable
{
    /// <summary>Probability (0 to 1) that this frame is speech.</summary>
    /// <param name="frame">Exactly <see cref="IVoiceActivityDetector.FrameSamples"/> samples, 16 kHz, in [-1, 1].</param>
    float Process(ReadOnlySpan<float> frame);

    /// <summary>Forgets what was heard.</summary>
    void Reset();
}
