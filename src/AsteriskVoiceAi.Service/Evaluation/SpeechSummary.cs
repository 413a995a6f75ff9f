using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>The numbers of one evaluation. Times in milliseconds, shares from 0 to 1.</summary>
/// <param name="Rows">In the list.</param>
/// <param name="Heard">Of them, those that went through the pipeline.</param>
/// <param name="Words">Said in the rows that have a text.</param>
/// <param name="WordErrorRate">Null = no row has a text.</param>
/// <param name="Empty">Rows with words of which nothing was understood.</param>
/// <param name="FalseCutOffs">Rows whose turn was over before the speech was.</param>
/// <param name="MissedEnds">Rows whose text was not final in time after the speech.</param>
/// <param name="Recognition">Of the recognition that gave the text, waiting in a queue included.</param>
/// <param name="ReadyAtEndpoint">Share of the heard rows whose text was there when the turn was over.</param>
/// <param name="RealTimeFactor">Time that engines worked for each second of sound.</param>
internal sealed record SpeechSummary(
    string Engine, int Rows, int Heard, int Words, int WordErrorCount, double? WordErrorRate, double? SentencesRight, int Empty, int FalseCutOffs, int MissedEnds,
    LatencySummary? ToFinalText, LatencySummary? Recognition, double? ReadyAtEndpoint, double AudioSeconds, double RealTimeFactor, double RecognitionsPerRow, IReadOnlyList<ExpectationSummary> Expectations)
{
    /// <summary>What the whole run took of the machine.</summary>
    public required MachineUse Machine { get; init; }

    public static SpeechSummary Of(IReadOnlyList<SpeechOutcome> outcomes, string engine, MachineUse machine)
    {
        var heard = outcomes.Where(o => o.Heard is not null).ToList();
        var scored = heard.Where(o => o.IsScored).ToList();
        var spoken = scored.Where(o => o.Words > 0).ToList();
        var words = scored.Sum(o => o.Words);
        var errors = scored.Sum(o => o.Errors);
        var seconds = heard.Sum(o => o.Duration.TotalSeconds);
        return new(
            engine, outcomes.Count, heard.Count, words, errors, words == 0 ? null : (double)errors / words,
            spoken.Count == 0 ? null : (double)spoken.Count(o => o.Errors == 0) / spoken.Count,
            spoken.Count(o => o.Heard!.Text.Length == 0), heard.Count(o => o.Heard!.FalseCutOffs > 0), heard.Count(o => o.Words > 0 && o.Heard!.MissedEnd),
            LatencySummary.Of(heard.Select(o => o.Heard!.ToFinalText).OfType<TimeSpan>()),
            LatencySummary.Of(heard.Select(o => o.Heard!.Recognition)),
            heard.Count == 0 ? null : heard.Average(o => o.Heard!.WasReady ? 1.0 : 0), seconds,
            seconds == 0 ? 0 : heard.Sum(o => o.Heard!.EngineTime.TotalSeconds) / seconds,
            heard.Count == 0 ? 0 : heard.Average(o => o.Heard!.Recognitions),
            ExpectationSummary.Of(scored))
        {
            Machine = machine,
        };
    }
}

/// <summary>Milliseconds, nearest rank.</summary>
internal sealed record LatencySummary(double P50, double P95, double P99, double Mean)
{
    public static LatencySummary? Of(IEnumerable<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];
        return sorted.Length == 0 ? null : new(At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99), sorted.Average());
    }

    private static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}

/// <summary>How often what was expected came out right.</summary>
internal sealed record ExpectationSummary(string Kind, int Rows, int Right, double ShareRight)
{
    public static IReadOnlyList<ExpectationSummary> Of(IEnumerable<SpeechOutcome> outcomes) =>
    [
        .. outcomes.Where(o => o.IsRight is not null).GroupBy(o => ExpectationText.Kind(o.Row.Expectation)).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => new ExpectationSummary(kind.Key, kind.Count(), kind.Count(o => o.IsRight == true), kind.Average(o => o.IsRight == true ? 1.0 : 0))),
    ];
}

/// <summary>Wall and processor time of the run, and the most memory that the process had.</summary>
internal sealed record MachineUse(double WallSeconds, double CpuSeconds, double PeakMegabytes, int Concurrency);
