using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>The numbers of one evaluation of a router. Shares from 0 to 1, times in milliseconds; null = the list has no rows for it.</summary>
/// <param name="Accuracy">Of best guesses, in scope.</param>
/// <param name="MacroF1">Mean over the intents of the rows.</param>
/// <param name="OutOfScopeAuroc">How often a caller in scope is surer than one out of scope.</param>
/// <param name="OutOfScopeRecall">Share of rows out of scope below the confidence that costs two points of accuracy.</param>
/// <param name="CalibrationError">Expected difference of confidence and accuracy over 15 bins, in scope.</param>
/// <param name="CalibrationErrorByChance">What exact confidences would show on so few rows.</param>
/// <param name="RoutedAt95">Largest share of rows in scope that can be acted on without a question, 95 in 100 of them rightly.</param>
/// <param name="Routed">In scope, acted on at the router's own levels.</param>
/// <param name="Misrouted">In scope, of all rows: acted on and wrong.</param>
internal sealed record IntentSummary(
    string Model, int Examples, int Intents, double TrainingMilliseconds, double EncodingMilliseconds, RouterForecast Levels, int Rows, int InScope, int OutOfScope,
    double? Accuracy, double? MacroF1, double? OutOfScopeAuroc, double? OutOfScopeRecall, double? CalibrationError, double? CalibrationErrorByChance, double? RoutedAt95,
    double? Routed, double? Misrouted, double? Asked, double? Refused, double? OutOfScopeRouted, double? OutOfScopeRefused, LatencySummary? Latency)
{
    private const double CostOfRecall = 0.02;

    public static IntentSummary Of(IReadOnlyList<IntentOutcome> outcomes, string model, int examples, int intents, TimeSpan training, TimeSpan encoding, RouterForecast levels)
    {
        var inside = outcomes.Where(o => o.IsInScope).OrderByDescending(o => o.Confidence).ToList();
        var outside = outcomes.Where(o => o.Row.Intent == IntentRow.OutOfScope).ToList();
        double? Share(List<IntentOutcome> of, Func<IntentOutcome, bool> which) => of.Count == 0 ? null : (double)of.Count(which) / of.Count;
        return new(
            model, examples, intents, training.TotalMilliseconds, encoding.TotalMilliseconds, levels, outcomes.Count, inside.Count, outside.Count,
            Share(inside, o => o.IsRight), MacroF1Of(inside), AurocOf(inside, outside), RecallOf(inside, outside),
            inside.Count == 0 ? null : Calibration.ErrorOf([.. inside.Select(o => (o.Confidence, o.IsRight))]),
            inside.Count == 0 ? null : Calibration.ErrorByChance([.. inside.Select(o => o.Confidence)]),
            RoutedAt(inside, 0.95),
            Share(inside, o => o.Verdict == IntentVerdict.Accept),
            Share(inside, o => o.Verdict == IntentVerdict.Accept && !o.IsRight),
            Share(inside, o => o.Verdict == IntentVerdict.Confirm),
            Share(inside, o => o.Verdict == IntentVerdict.Reject),
            Share(outside, o => o.Verdict == IntentVerdict.Accept),
            Share(outside, o => o.Verdict == IntentVerdict.Reject),
            LatencySummary.Of(outcomes.Select(o => o.Took)));
    }

    private static double? MacroF1Of(List<IntentOutcome> inside) => inside.Count == 0 ? null : inside.Select(o => o.Row.Intent).Distinct().Average(intent =>
    {
        var right = inside.Count(o => o.Row.Intent == intent && o.Top == intent);
        return 2.0 * right / (inside.Count(o => o.Row.Intent == intent) + inside.Count(o => o.Top == intent));
    });

    private static double? AurocOf(List<IntentOutcome> inside, List<IntentOutcome> outside) => inside.Count == 0 || outside.Count == 0
        ? null
        : inside.Average(a => outside.Average(b => a.Confidence > b.Confidence ? 1.0 : a.Confidence == b.Confidence ? 0.5 : 0));

    /// <summary>The highest threshold is looked for that refuses right answers worth two points; rows are ordered by falling confidence.</summary>
    private static double? RecallOf(List<IntentOutcome> inside, List<IntentOutcome> outside)
    {
        if (inside.Count == 0 || outside.Count == 0)
            return null;
        var mayLose = (int)(CostOfRecall * inside.Count);
        var right = inside.Where(o => o.IsRight).Select(o => o.Confidence).Order().ToList();
        var threshold = right.Count > mayLose ? right[mayLose] : double.MaxValue;
        return (double)outside.Count(o => o.Confidence < threshold) / outside.Count;
    }

    private static double? RoutedAt(List<IntentOutcome> inside, double precision)
    {
        var (right, best) = (0, 0);
        for (var i = 0; i < inside.Count; i++)
        {
            right += inside[i].IsRight ? 1 : 0;
            // Rows of the same confidence are acted on together.
            if (right >= precision * (i + 1) && (i + 1 == inside.Count || inside[i + 1].Confidence < inside[i].Confidence))
                best = i + 1;
        }
        return inside.Count == 0 ? null : (double)best / inside.Count;
    }
}
