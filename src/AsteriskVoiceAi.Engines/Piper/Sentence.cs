namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>What one run of a voice says.</summary>
/// <param name="Clauses">At least one, together at most 300 characters.</param>
/// <param name="Speed">1 is the voice's own pace; 0.5 to 2.</param>
/// <param name="Speaker">Number of the speaker; 0 for a voice with one.</param>
internal sealed record Sentence(IReadOnlyList<Clause> Clauses, double Speed, long Speaker)
{
    /// <summary>As it stands in the prompt.</summary>
    public string Text => string.Join(' ', Clauses.Select(clause => clause.Written));
}
