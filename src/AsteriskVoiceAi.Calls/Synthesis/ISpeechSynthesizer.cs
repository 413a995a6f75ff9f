namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Text to speech. Safe for many calls at once; an engine bounds its own work.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>Stable short name for records, metrics and cache keys; contains voice and version where they change the sound, e.g. <c>flite-rms-2.2</c>.</summary>
    string Name { get; }

    /// <summary>What prompts and flows call its voices, e.g. <c>flite-rms</c>; empty = it is not asked for by name.</summary>
    IReadOnlyList<string> Voices => [];

    /// <summary>Ends when it is up, or has failed to come up; never faults.</summary>
    Task Started => Task.CompletedTask;

    /// <summary>Whether it has a voice for the language (BCP 47 tag).</summary>
    bool Speaks(string language);

    /// <summary>Whether it can be expected to say this; one that has only some texts can't say others.</summary>
    bool CanSay(Prompt prompt) => Speaks(prompt.Language);

    /// <summary>Name of the one that says this while nothing is wrong; null = none can.</summary>
    string? LeaderFor(Prompt prompt) => CanSay(prompt) ? Name : null;

    /// <exception cref="SpeechEngineException">The engine broke; another may be tried.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; a child process is ended.</exception>
    ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken);
}

/// <summary>Words to say.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Speed">1 is the voice's own pace; 0.5 to 2.</param>
public sealed record Prompt(string Text, string Language, double Speed = 1)
{
    /// <summary>Whether callers can't talk over it; keys stop it all the same. Changes nothing about its sound.</summary>
    public bool MustBeHeard { get; init; }

    /// <summary>One of <see cref="ISpeechSynthesizer.Voices"/>; null, or one that isn't there or fails = the first that speaks the language.</summary>
    public string? Voice { get; init; }

    /// <summary>
    /// Whether it is said word for word to every caller, so that its sound may be kept on disk. Never true for what holds a variable, a
    /// caller's words or a text of the dialplan. Changes nothing about its sound.
    /// </summary>
    public bool IsFixed { get; init; }
}

/// <summary>A prompt's audio: 16-bit linear mono.</summary>
/// <param name="SampleRate">Hz.</param>
public sealed record SpokenPrompt(ReadOnlyMemory<short> Samples, int SampleRate)
{
    /// <summary>Name of the synthesizer that made it; empty = not known. Another than expected means that the first ones failed.</summary>
    public string Engine { get; init; } = "";

    /// <summary>Whether another engine than the preferred one made it: it is not kept for long.</summary>
    public bool IsSecondChoice { get; init; }

    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
