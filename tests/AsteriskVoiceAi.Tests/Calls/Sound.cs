namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>What a caller sends: frames of 20 ms.</summary>
internal static class Sound
{
    public static short[] Loud { get; } = Tone(8000);

    public static short[] Quiet { get; } = Tone(800);

    public static short[] None { get; } = new short[FakeLeg.Frame];

    /// <summary>400 Hz: 8 whole periods of 20 samples in a frame.</summary>
    private static short[] Tone(double amplitude) =>
        [.. Enumerable.Range(0, FakeLeg.Frame).Select(i => (short)(amplitude * Math.Sin(2 * Math.PI * i / 20)))];
}
