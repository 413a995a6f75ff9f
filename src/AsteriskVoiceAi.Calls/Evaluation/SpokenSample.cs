using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>A recording to be heard as if a caller said it.</summary>
/// <param name="Audio">16-bit linear mono, as a link delivers it.</param>
/// <param name="SampleRate">Hz.</param>
/// <param name="Language">BCP 47 tag.</param>
public sealed record SpokenSample(ReadOnlyMemory<short> Audio, int SampleRate, Expectation Expectation, string Language)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Audio.Length / SampleRate);
}

/// <summary>What was heard of one <see cref="SpokenSample"/>.</summary>
/// <param name="Text">All parts, joined; empty = nothing was understood.</param>
/// <param name="Expected">What was expected, as far as it was heard; see <see cref="Transcript.Expected"/>.</param>
/// <param name="Confidence">0 to 1, the mean of the parts.</param>
/// <param name="Engine">The engine that answered last.</param>
public sealed record HeardSample(string Text, string? Expected, double Confidence, string Engine)
{
    /// <summary>From the last sound of the speech until its text was final; null = it never was.</summary>
    public TimeSpan? ToFinalText { get; init; }

    /// <summary>Silence after the last voice activity until the last turn was over; null = none was.</summary>
    public TimeSpan? Endpoint { get; init; }

    /// <summary>Turns that were over before the speech was.</summary>
    public int FalseCutOffs { get; init; }

    /// <summary>Whenever the silence was long enough, the text was there already.</summary>
    public bool WasReady { get; init; }

    /// <summary>No turn was over within <see cref="SampleListening.LongestWait"/> after the end of the speech, or none began.</summary>
    public bool MissedEnd => ToFinalText is null;

    /// <summary>Time that engines worked on it, thrown-away recognitions included.</summary>
    public TimeSpan EngineTime { get; init; }

    /// <summary>How long the last recognition took that came to its end, waiting in a queue included.</summary>
    public TimeSpan Recognition { get; init; }

    /// <summary>Recognitions begun.</summary>
    public int Recognitions { get; init; }

    /// <summary>Why an engine gave no answer; null = all did.</summary>
    public string? Failure { get; init; }
}
