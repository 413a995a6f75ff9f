namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Speech to text. Safe for many calls at once; an engine bounds its own work.</summary>
public interface ISpeechRecognizer
{
    /// <summary>Stable short name for records, metrics and configuration, e.g. <c>moonshine-base</c>.</summary>
    string Name { get; }

    /// <summary>Recognises one stretch of speech.</summary>
    /// <param name="speech">16 kHz mono in [-1, 1], cut to the speech with about 200 ms around it; not kept after the task ends.</param>
    /// <exception cref="SpeechEngineException">The engine broke; another may be tried.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; work stops within a few ms.</exception>
    ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, CancellationToken cancellationToken);
}

/// <summary>What was said.</summary>
/// <param name="Text">As the engine writes it (cased, punctuated); empty = no words in that sound.</param>
/// <param name="Confidence">0 to 1; mean token probability unless the engine has better.</param>
/// <param name="Engine">Name of the engine that answered.</param>
/// <param name="Took">Wall time of the recognition.</param>
public sealed record Transcript(string Text, double Confidence, string Engine, TimeSpan Took)
{
    /// <summary>Sound without words.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text);
}

/// <summary>What the dialogue expects to hear; decides when an utterance is over and what a recogniser may prefer.</summary>
public abstract record Expectation
{
    private Expectation() { }

    /// <summary>Anything.</summary>
    public sealed record Free : Expectation;

    /// <summary>Yes or no.</summary>
    public sealed record YesNo : Expectation;

    /// <summary>Digits; <see cref="Max"/> equals <see cref="Min"/> when the count is known.</summary>
    public sealed record Digits(int Min, int Max) : Expectation;

    public static Expectation Anything { get; } = new Free();
}
