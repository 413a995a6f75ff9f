using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>What a timer alone would do: the pauses that voice activity sees inside of a turn.</summary>
internal static class PausesHeard
{
    /// <summary>The longest pause; zero = none.</summary>
    public static TimeSpan Longest(IVoiceActivityDetector detector, short[] samples)
    {
        using var activity = detector.Open();
        var tracker = new SpeechTracker();
        var resampler = new Resampler(Caller.Rate, 16_000);
        var wide = new float[resampler.MaxOutput(samples.Length)];
        var heard = wide.AsSpan(0, resampler.Process(samples, wide));
        var (longest, before) = (0L, (Start: -1L, End: 0L));
        for (var at = 0; at + IVoiceActivityDetector.FrameSamples <= heard.Length; at += IVoiceActivityDetector.FrameSamples)
        {
            tracker.Take(activity.Process(heard.Slice(at, IVoiceActivityDetector.FrameSamples)), at);
            if (!tracker.Speaking)
                continue;
            if (before.Start >= 0 && tracker.Start != before.Start)
                longest = Math.Max(longest, tracker.Start - before.End);
            before = (tracker.Start, tracker.End);
        }
        return TimeSpan.FromSeconds(longest / 16_000.0);
    }
}
