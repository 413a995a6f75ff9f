namespace AsteriskVoiceAi.Calls.Synthesis.Markup;

/// <summary>A stretch of a prompt.</summary>
/// <param name="Language">BCP 47 tag; null = the prompt's.</param>
/// <param name="Rate">Pace, times the prompt's own.</param>
internal abstract record MarkupSpan(string? Language, double Rate)
{
    public sealed record Text(string Words, string? Language, double Rate) : MarkupSpan(Language, Rate);

    /// <param name="Kind">One of <see cref="Normalization.SayAs.Kinds"/>.</param>
    public sealed record SayAs(string Value, string Kind, string Format, string? Language, double Rate) : MarkupSpan(Language, Rate);

    public sealed record Pause(TimeSpan Length) : MarkupSpan(null, 1);
}
