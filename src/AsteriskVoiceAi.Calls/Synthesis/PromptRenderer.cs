using AsteriskVoiceAi.Calls.Synthesis.Markup;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>A whole prompt as one sound, just as a caller hears it: normalised, piece by piece, with its silences. Thread-safe.</summary>
public sealed class PromptRenderer(ISpeechSynthesizer synthesizer)
{
    private readonly PromptCache _cache = new(synthesizer);

    /// <summary>The texts that the engine is given for a prompt.</summary>
    public static IReadOnlyList<string> Spoken(Prompt prompt) => [.. PromptPieces.Of(prompt).Select(piece => piece.Words?.Text).OfType<string>()];

    /// <summary>What is wrong with the tags of a text as people write it; null = nothing.</summary>
    public static string? Problem(string written) =>
        SpeechMarkup.HasTags(written) && SpeechMarkup.Problem(SpeechMarkup.Document(written)) is { } problem ? $"found {problem.Found}; expected {problem.Expected}" : null;

    /// <summary>A text as people write it, with tags or without, as a prompt's.</summary>
    public static string TextOf(string written) => SpeechMarkup.HasTags(written) ? SpeechMarkup.Document(written) : written;

    /// <param name="sampleRate">Hz of the line.</param>
    /// <exception cref="SpeechEngineException">No engine could make it.</exception>
    public async Task<SpokenPrompt> RenderAsync(Prompt prompt, int sampleRate, CancellationToken cancellationToken)
    {
        var samples = new List<short>();
        var pieces = PromptPieces.Of(prompt);
        for (var i = 0; i < pieces.Count; i++)
            samples.AddRange((await pieces[i].MakeAsync(_cache, sampleRate, isLast: i + 1 == pieces.Count, cancellationToken)).Span);
        return new(samples.ToArray(), sampleRate);
    }
}
