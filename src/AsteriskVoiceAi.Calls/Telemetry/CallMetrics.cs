using System.Diagnostics;
using System.Diagnostics.Metrics;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Calls.Telemetry;

/// <summary>Counts and times of conversations, from what calls tell of themselves. Nothing here knows a call, a number or a word.</summary>
internal sealed class CallMetrics : ICallFollower
{
    public const string MeterName = "AsteriskVoiceAi.Calls";

    /// <summary>Seconds: a wrong number to half an hour.</summary>
    private static readonly double[] CallBuckets = [2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1800];

    private readonly FlowCatalog _flows;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _steps;
    private readonly Histogram<double> _voiceToVoice;
    private readonly Counter<long> _turns;
    private readonly Counter<long> _intents;
    private readonly Counter<long> _prompts;
    private readonly Counter<long> _pauses;

    public CallMetrics(IMeterFactory meters, FlowCatalog flows)
    {
        _flows = flows;
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("voiceai.calls", "{call}", "Calls that are over, refused ones included.");
        _duration = Times(meter, "voiceai.call.duration", "From the first sound to the end of the service's part.", CallBuckets);
        _steps = Times(meter, "voiceai.step.duration", "One step of a turn: endpoint (silence until the turn counted as over), recognition, recognition-wait (what of it was left to wait for), understanding, synthesis (until the first sound).", VoiceBuckets.Seconds);
        _voiceToVoice = Times(meter, "voiceai.voice_to_voice.duration", "From the caller's last sound to the first sound of the answer, as the service sees it.", VoiceBuckets.Seconds);
        _turns = meter.CreateCounter<long>("voiceai.turns", "{turn}", "What callers did when it was their turn: speech, keys or silence (no input).");
        _intents = meter.CreateCounter<long>("voiceai.intents", "{utterance}", "Utterances by what was understood and what was made of it: accept, confirm or no-match.");
        _prompts = meter.CreateCounter<long>("voiceai.prompts", "{prompt}", "Prompts by how they ended: completed, barged-in, key, withdrawn, hung-up or failed.");
        _pauses = meter.CreateCounter<long>("voiceai.pauses", "{pause}", "Pauses of callers: ended the turn, went-on, or cut-off (went on as the answer began).");
    }

    public ICallFollowing Follow(IncomingCall call) => new Following(this, CallLabels.Of(call, _flows));

    private static Histogram<double> Times(Meter meter, string name, string description, IReadOnlyList<double> buckets) =>
        meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value.Length > 0 ? value : CallLabels.None);

    private void Step(string step, string engine, TimeSpan took) => _steps.Record(took.TotalSeconds, Label("step", step), Label("engine", engine));

    /// <summary>An intent of the flow as it is now; another word never becomes a label.</summary>
    private string Intent(string flow, string intent) =>
        intent.Length == 0 ? CallLabels.None : _flows.Get(flow)?.Flow.Intent(intent) is null ? CallLabels.Unknown : intent;

    private sealed class Following(CallMetrics metrics, CallLabels labels) : ICallFollowing
    {
        public void On(CallEvent happened)
        {
            switch (happened)
            {
                case CallEvent.Said said:
                    metrics._prompts.Add(1, Label("flow", labels.Flow), Label("ending", said.Ending));
                    metrics.Step("synthesis", said.Engine, said.Synthesis);
                    break;
                case CallEvent.Heard { Engine: "" }:
                    Turn("silence");
                    break;
                case CallEvent.Heard heard:
                    Turn("speech");
                    metrics.Step("endpoint", "", heard.Endpoint);
                    metrics.Step("recognition", heard.Engine, heard.Recognition);
                    metrics.Step("recognition-wait", heard.Engine, heard.Waited);
                    break;
                case CallEvent.Pressed:
                    Turn("keys");
                    break;
                case CallEvent.Paused paused:
                    metrics._pauses.Add(1, Label("ending", paused.Ending));
                    break;
                case CallEvent.Understood understood:
                    // A guess that was refused is no intent of the caller.
                    var intent = understood.Verdict == "no-match" ? CallLabels.None : metrics.Intent(labels.Flow, understood.Intent);
                    metrics._intents.Add(1, Label("flow", labels.Flow), Label("intent", intent), Label("verdict", understood.Verdict));
                    metrics.Step("understanding", "", understood.Took);
                    break;
                case CallEvent.Replied replied:
                    metrics._voiceToVoice.Record(replied.SinceSpeech.TotalSeconds, Label("flow", labels.Flow));
                    break;
                case CallEvent.Ended ended:
                    End(ended);
                    break;
            }
        }

        public void Dispose()
        {
        }

        private void Turn(string kind) => metrics._turns.Add(1, Label("flow", labels.Flow), Label("kind", kind));

        private void End(CallEvent.Ended ended)
        {
            metrics._calls.Add(1, new TagList { Label("entry", labels.Entry), Label("request", labels.Request), Label("flow", labels.Flow), Label("outcome", ended.Result), Label("reason", ended.Reason) });
            metrics._duration.Record(ended.At.TotalSeconds, Label("flow", labels.Flow), Label("outcome", ended.Result));
        }
    }
}
