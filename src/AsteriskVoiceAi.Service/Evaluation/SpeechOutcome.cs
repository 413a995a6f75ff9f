using AsteriskVoiceAi.Calls.Evaluation;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>What became of one row.</summary>
/// <param name="Heard">Null = it could not be heard; then <paramref name="Problem"/> says why.</param>
/// <param name="Duration">Of the recording.</param>
internal sealed record SpeechOutcome(SpeechRow Row, HeardSample? Heard, TimeSpan Duration, string? Problem)
{
    /// <summary>Heard, and it is known what was said.</summary>
    public bool IsScored => Heard is not null && Row.Text is not null;

    public int Words => Row.Text is null ? 0 : WordErrors.Words(Row.Text).Length;

    public int Errors => IsScored ? WordErrors.Count(Row.Text!, Heard!.Text) : 0;

    /// <summary>What was expected came out right; null = nothing special was expected, or it is not known what was said.</summary>
    public bool? IsRight => IsScored ? ExpectedValue.IsRight(Row.Expectation, Row.Text!, Heard!) : null;
}
