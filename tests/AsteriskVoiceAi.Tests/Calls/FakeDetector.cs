using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>Loud is speech.</summary>
internal sealed class FakeDetector : IVoiceActivityDetector
{
    /// <summary>Mean amplitude from which on it is loud; a quiet first consonant stays below.</summary>
    private const float Loud = 0.05f;

    private int _open;

    public string Name => "fake-detector";

    /// <summary>Streams that were opened and not disposed.</summary>
    public int Streams => Volatile.Read(ref _open);

    /// <summary>Thrown at the first loud frame.</summary>
    public Exception? Breaks { get; set; }

    public IVoiceActivity Open()
    {
        Interlocked.Increment(ref _open);
        return new Activity(this);
    }

    private sealed class Activity(FakeDetector detector) : IVoiceActivity
    {
        public float Process(ReadOnlySpan<float> frame)
        {
            var sum = 0f;
            foreach (var sample in frame)
                sum += Math.Abs(sample);
            if (sum / frame.Length < Loud)
                return 0;
            return detector.Breaks is null ? 1 : throw detector.Breaks;
        }

        public void Reset()
        {
        }

        public void Dispose() => Interlocked.Decrement(ref detector._open);
    }
}
