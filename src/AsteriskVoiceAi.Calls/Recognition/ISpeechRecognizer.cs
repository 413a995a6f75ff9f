namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Speech to text. Safe for many calls at once; an engine bounds its own work.</summary>
public interface ISpeechRecognizer
{
    /// <summary>Stable short name for records, metrics and configuration, e.g. <c>moonshine-base</c>.</summary>
    string Name { get; }

    /// <summary>Whether it understands this language (BCP 47 tag); the same answer as long as the service runs.</summary>
    bool Hears(string language);

    /// <summary>Recognises one stretch of speech.</summary>
    /// <param name="speech">16 kHz mono in [-1, 1], cut to the speech with about 200 ms around it; not kept after the task ends.</param>
    /// <param name="language">What the caller speaks (BCP 47 tag); one that it <see cref="Hears"/>.</param>
    /// <exception cref="SpeechEngineException">The engine broke; another may be tried.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; work stops within a few ms.</exception>
    ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken);
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

    /// <summary>How likely a mark that ends a sentence follows the last word, 0 to 1, whether or not it was written; null = the engine can't tell.</summary>
    public double? EndMark { get; init; }

    /// <summary>Of the time taken the engine's own work, without the wait in its line; null = it can't tell the two apart.</summary>
    public TimeSpan? Work { get; init; }

    /// <summary>Other readings of the same sound, the likeliest first; <see cref="Text"/> is not among them.</summary>
    public IReadOnlyList<Hypothesis> Alternatives { get; init; } = [];

    /// <summary>
    /// What was expected, as far as it was heard: digits without blanks, letters in upper case, the choice as the flow wrote it, <c>yes</c> or <c>no</c>,
    /// a date as <c>2026-03-15</c>, <c>03-15</c> where no year was said, or <c>tomorrow</c>, <c>next monday</c>. Fewer digits or letters than the least number are
    /// the beginning of an answer, so that they can be counted. Null = the words are something else, or the engine can't tell.
    /// </summary>
    public string? Expected { get; init; }
}

/// <summary>One reading of what was said.</summary>
public readonly record struct Hypothesis(string Text, double Confidence);

/// <summary>What the dialogue expects to hear; decides when an utterance is over and what a recogniser prefers.</summary>
public abstract record Expectation
{
    private Expectation() { }

    /// <summary>Anything.</summary>
    public sealed record Free : Expectation;

    /// <summary>Yes or no.</summary>
    public sealed record YesNo : Expectation;

    /// <summary>Digits; <see cref="Max"/> equals <see cref="Min"/> when the count is known.</summary>
    public sealed record Digits(int Min, int Max) : Expectation;

    /// <summary>Letters and digits, as in a code or a spelled name; <see cref="Max"/> equals <see cref="Min"/> when the count is known.</summary>
    public sealed record Characters(int Min, int Max) : Expectation;

    /// <summary>One of these phrases.</summary>
    public sealed record OneOf(IReadOnlyList<string> Phrases) : Expectation;

    /// <summary>A day, with or without a year.</summary>
    public sealed record Date : Expectation;

    public static Expectation Anything { get; } = new Free();
}
