namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>What is made and played at once: at most a sentence, and the silence after it.</summary>
/// <param name="Words">Words as an engine says them, of one language and pace; null = silence only.</param>
/// <param name="Pause">Silence that the prompt asks for.</param>
/// <param name="Gap">Silence between this and more words; nothing after the last.</param>
/// <param name="Language">The language to fall back to where nothing speaks that of <paramref name="Words"/>.</param>
internal sealed record PromptPiece(Prompt? Words, TimeSpan Pause, TimeSpan Gap, string Language)
{
    /// <summary>Its sound, the silence after it included.</summary>
    /// <exception cref="SpeechEngineException">No engine could make it.</exception>
    public async Task<ReadOnlyMemory<short>> MakeAsync(PromptCache cache, int sampleRate, bool isLast, CancellationToken cancellationToken)
    {
        var silence = (int)((Pause + (isLast ? TimeSpan.Zero : Gap)).TotalSeconds * sampleRate);
        if (Words is null)
            return new short[silence];
        // A word in a language that nothing here speaks is better said with an accent than not at all.
        var speakable = Words.Language == Language || cache.Speaks(Words.Language) ? Words : Words with { Language = Language };
        var spoken = await cache.GetAsync(speakable, sampleRate, cancellationToken);
        if (silence == 0)
            return spoken.Samples;
        var samples = new short[spoken.Samples.Length + silence];
        spoken.Samples.CopyTo(samples);
        return samples;
    }
}
