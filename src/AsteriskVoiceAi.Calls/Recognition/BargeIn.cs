namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Is this sound over a prompt somebody who wants to speak?</summary>
/// <remarks>
/// The prompt stops, it is not ducked: a caller who speaks against a quieter voice still has it in the ear, and what is under way to the
/// far side can be dropped but not made quieter. When the sound turns out to be no words, the prompt goes on from the sentence in
/// which it stopped, so that a false stop costs less than a second. Echo of the prompt is taken out before: see <see cref="EchoGate"/>.
/// </remarks>
internal static class BargeIn
{
    private const int Frame = IVoiceActivityDetector.FrameSamples;

    /// <summary>3 frames = 96 ms of what is surely speech; with the detector's own lag the prompt stops within 200 ms of the first sound.</summary>
    private const int Sure = 3 * Frame;

    /// <summary>5 frames = 160 ms of what may be speech: a click or the burst of a cough is shorter.</summary>
    private const int Unsure = 5 * Frame;

    /// <summary>Mean probability from which on it is surely speech.</summary>
    private const float SureProbability = 0.8f;

    /// <summary>Longer than "mm-hm" or "okay" takes: 700 ms × 16 samples a ms.</summary>
    private const int NoBackchannel = 700 * 16;

    /// <summary>After so many sounds that stopped a prompt and were no words (a television, a crowd) only words stop it.</summary>
    public const int FalseStops = 2;

    /// <summary>Whether the spurt has lasted long enough.</summary>
    /// <param name="since">Only what comes after this sample counts.</param>
    public static bool IsSpeech(SpeechTracker tracker, long since)
    {
        var spoken = tracker.End - Math.Max(tracker.Start, since);
        return spoken >= (tracker.Certainty >= SureProbability ? Sure : Unsure);
    }

    /// <summary>Whether the utterance is too long to be only a sign of listening.</summary>
    public static bool IsMoreThanBackchannel(long spoken) => spoken >= NoBackchannel;
}
