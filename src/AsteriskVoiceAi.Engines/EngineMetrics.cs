using System.Diagnostics;
using System.Diagnostics.Metrics;
using AsteriskVoiceAi.Calls.Telemetry;

namespace AsteriskVoiceAi.Engines;

/// <summary>How the speech engines do: which rung of a ladder serves, how fast, and which ones rest. Safe from any thread.</summary>
internal sealed class EngineMetrics
{
    public const string MeterName = "AsteriskVoiceAi.Engines";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;

    public EngineMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>("voiceai.engine.requests", "{request}", "What engines were asked for: served, failed or late (over its time budget); choice says whether it was the first rung for the work, or a lower one stood in.");
        _duration = _meter.CreateHistogram("voiceai.engine.duration", "s", "Time of an engine for what it served, its queue included.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = VoiceBuckets.Seconds });
    }

    public void Served(string kind, string engine, bool isFirstChoice, TimeSpan took)
    {
        Count(kind, engine, "served", isFirstChoice ? "first" : "lower");
        _duration.Record(took.TotalSeconds, new("kind", kind), new("engine", engine));
    }

    public void Failed(string kind, string engine, bool isLate) => Count(kind, engine, isLate ? "late" : "failed", "none");

    /// <summary>Once, when the engines are loaded.</summary>
    /// <param name="resting">Every rung, and whether it rests.</param>
    /// <param name="workers">The line of the models in this process.</param>
    /// <param name="busyPrograms">Speech programs that run.</param>
    public void Watch(SpeechEnginesReport report, Func<IEnumerable<(string Kind, string Engine, bool IsResting)>> resting, EngineWorkers workers, Func<int> busyPrograms)
    {
        _meter.CreateObservableGauge("voiceai.engine.available", () => report.Engines.Select(engine => Gauge(engine.IsAvailable, Kind(engine.Kind), engine.Name)), null, "1 = the configured engine was found at start.");
        _meter.CreateObservableGauge("voiceai.engine.resting", () => resting().Select(rung => Gauge(rung.IsResting, rung.Kind, rung.Engine)), null, "1 = failed three times in a row and is passed over for half a minute.");
        _meter.CreateObservableGauge("voiceai.engine.queue.length", () => workers.Waiting, "{request}", "Work for models in this process that no worker has taken up.");
        _meter.CreateObservableGauge("voiceai.engine.queue.wait", () => workers.Wait.TotalSeconds, "s", "How long the work taken up last had waited, while more waits.");
        _meter.CreateObservableGauge("voiceai.engine.programs.busy", () => busyPrograms(), "{program}", "Speech programs that run.");
    }

    private static string Kind(SpeechEngineKind kind) => kind switch
    {
        SpeechEngineKind.VoiceActivity => "voice-activity",
        SpeechEngineKind.TurnDetection => "turn-detection",
        SpeechEngineKind.Recognition => "recognition",
        SpeechEngineKind.Synthesis => "synthesis",
        SpeechEngineKind.Meaning => "meaning",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind"),
    };

    private static Measurement<int> Gauge(bool value, string kind, string engine) => new(value ? 1 : 0, new("kind", kind), new("engine", engine));

    private void Count(string kind, string engine, string result, string choice) =>
        _requests.Add(1, new TagList { { "kind", kind }, { "engine", engine }, { "result", result }, { "choice", choice } });
}
