namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>One stretch of speech to transcribe.</summary>
/// <param name="Wave">A WAVE file, 16 kHz, 16 bits, mono.</param>
/// <param name="AudioContext">How many frames of 20 ms the encoder looks at; see <see cref="AudioContextFor"/>.</param>
/// <param name="Language">Whisper's code.</param>
/// <param name="Prompt">Words to expect; empty = none.</param>
internal sealed record WhisperQuestion(byte[] Wave, int AudioContext, string Language, string Prompt)
{
    /// <summary>The longest speech that one question holds: 1280 frames of 20 ms, less the 64 that have to stay free.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds((MostContext - SpareFrames) / FramesASecond);

    /// <summary>Least frames with which a prompt does not make the decoder loop.</summary>
    public const int LeastContextWithPrompt = 768;

    private const double FramesASecond = 50;
    private const int SpareFrames = 64;
    private const int Multiple = 256;
    private const int LeastContext = 512;
    private const int MostContext = 1280;

    /// <summary>
    /// Encoder frames for speech of this length. A multiple of 256: whisper.cpp's flash attention pads to one without a mask, and what lies
    /// between is what EARLIER REQUESTS left there, so that one caller's words end up in another caller's text. At least 512: below it the
    /// decoder loops in 2 to 3 % of the turns. At most 1280: 1536 is refused.
    /// </summary>
    public static int AudioContextFor(TimeSpan speech)
    {
        var frames = (speech.TotalSeconds * FramesASecond) + SpareFrames;
        return Math.Clamp((int)Math.Ceiling(frames / Multiple) * Multiple, LeastContext, MostContext);
    }
}
