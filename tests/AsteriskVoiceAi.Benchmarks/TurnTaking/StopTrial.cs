using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>When would this have stopped the prompt? The parts of the listener, frame by frame, and beside the rule of calls plain lengths of speech.</summary>
internal sealed class StopTrial
{
    /// <summary>Frames of 32 ms in a row that a plain rule asks for.</summary>
    public static readonly int[] Lengths = [2, 3, 4, 5, 6, 8];

    private const int Frame = IVoiceActivityDetector.FrameSamples;

    /// <summary>Seconds from the start; null = never.</summary>
    public double? ByRule { get; private set; }

    public double?[] ByLength { get; } = new double?[Lengths.Length];

    /// <param name="from">Nothing before this many seconds counts.</param>
    /// <param name="reference">Whether what was played is known.</param>
    public static StopTrial Run(IVoiceActivityDetector detector, short[] heard, short[] prompt, double from, bool reference)
    {
        var trial = new StopTrial();
        using var activity = detector.Open();
        var (tracker, echo, window) = (new SpeechTracker(), new EchoGate(Caller.Rate), new FrameWindow(Frame));
        var resampler = new Resampler(Caller.Rate, 16_000);
        var (frame, played) = (Caller.Rate / 50, new short[Caller.Rate / 50]);
        var wide = new float[resampler.MaxOutput(frame)];
        long position = 0;
        for (var at = 0; at + frame <= heard.Length; at += frame)
        {
            played.AsSpan().Clear();
            if (reference && at < prompt.Length)
                prompt.AsSpan(at, Math.Min(frame, prompt.Length - at)).CopyTo(played);
            echo.Take(heard.AsSpan(at, frame), played);
            var samples = wide.AsSpan(0, resampler.Process(heard.AsSpan(at, frame), wide));
            position += samples.Length;
            while (window.Fill(ref samples))
            {
                var start = position - samples.Length - Frame;
                var probability = activity.Process(window.Frame);
                tracker.Take(echo.Explains(start / 16_000.0) ? 0 : probability, start);
                trial.Look(tracker, (at + frame) / (double)Caller.Rate, (long)(from * 16_000));
            }
        }
        return trial;
    }

    private void Look(SpeechTracker tracker, double now, long from)
    {
        if (!tracker.Speaking || tracker.End <= from)
            return;
        if (BargeIn.IsSpeech(tracker, from))
            ByRule ??= now;
        var frames = (tracker.End - Math.Max(tracker.Start, from)) / Frame;
        for (var i = 0; i < Lengths.Length; i++)
        {
            if (frames >= Lengths[i])
                ByLength[i] ??= now;
        }
    }
}
