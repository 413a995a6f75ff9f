using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>What the router made of a row.</summary>
/// <param name="Top">Its best guess; null = it knows no word.</param>
/// <param name="Confidence">Of the best guess.</param>
/// <param name="Verdict">What it would do in a call.</param>
/// <param name="Took">Vector and decision together.</param>
internal sealed record IntentOutcome(IntentRow Row, string? Top, double Confidence, IntentVerdict Verdict, TimeSpan Took)
{
    public bool IsInScope => Row.Intent is not (null or IntentRow.OutOfScope);

    public bool IsRight => Row.Intent == Top;

    public static IntentOutcome Of(IntentRow row, IntentDecision decision, TimeSpan took) => decision switch
    {
        IntentDecision.Accept(var intent, var confidence) => new(row, intent, confidence, IntentVerdict.Accept, took),
        IntentDecision.Confirm(var intent, var confidence) => new(row, intent, confidence, IntentVerdict.Confirm, took),
        IntentDecision.NoMatch(var confidence, var best) => new(row, best, confidence, IntentVerdict.Reject, took),
        _ => throw new InvalidOperationException($"{decision.GetType().Name} is no decision"),
    };
}

internal enum IntentVerdict
{
    Accept,
    Confirm,
    Reject,
}
