using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines.Silero;

/// <summary>
/// Voice activity by loudness over a noise floor that adapts: what is left when the model is missing. Good on a clean line;
/// in steady noise it opens late, and it takes a cough or music for speech.
/// </summary>
internal sealed class EnergyDetector : IVoiceActivityDetector
{
    public string Name => "energy";

    public IVoiceActivity Open() => new Activity();

    private sealed class Activity : IVoiceActivity
    {
        private const float LowestFloor = -65;

        /// <summary>Where the floor starts: a telephone line without speech is seldom louder.</summary>
        private const float FirstFloor = -50;

        /// <summary>dB over the floor at which the probability is one half, and how many dB change it by half.</summary>
        private const float Threshold = 12;
        private const float Slope = 8;

        /// <summary>dB a frame: falls to silence within a few frames, rises 5 dB a second, so that speech of some seconds does not become the floor.</summary>
        private const float Fall = 0.3f;
        private const float Rise = 5 * 0.032f;

        private float _floor = FirstFloor;

        public float Process(ReadOnlySpan<float> frame)
        {
            if (frame.Length != IVoiceActivityDetector.FrameSamples)
                throw new ArgumentException($"A frame has {IVoiceActivityDetector.FrameSamples} samples, this one {frame.Length}.", nameof(frame));
            var level = Loudness.Dbfs(frame);
            _floor = level < _floor ? Math.Max(LowestFloor, _floor + ((level - _floor) * Fall)) : Math.Min(level, _floor + Rise);
            return Math.Clamp(0.5f + ((level - _floor - Threshold) / (2 * Slope)), 0, 1);
        }

        public void Reset() => _floor = FirstFloor;

        public void Dispose() { }
    }
}
