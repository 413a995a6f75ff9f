using System.Diagnostics;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Telemetry;

/// <summary>
/// The trace of one call: a span for the call, and below it one for each step, made when the step is over:
/// <code>
/// call ─┬ greeting ┬ synthesise      the first prompt
///       │          └ play
///       ├ listen ─── recognise       from the end of the prompt to the text
///       ├ understand
///       ├ reply ┬ synthesise
///       │       └ play
///       └ route
/// </code>
/// What the callers say, what they are told, keys and numbers are never attributes. Told by the call's own flow; not thread-safe.
/// </summary>
internal sealed class CallTrace : ICallFollowing
{
    /// <summary>Recognition begins so long into a pause.</summary>
    private static readonly TimeSpan Speculation = TimeSpan.FromMilliseconds(200);

    private readonly ActivitySource _source;
    private readonly TimeProvider _time;
    private readonly Activity? _call;
    private readonly DateTimeOffset _arrived;
    private TimeSpan _before;
    private TimeSpan _promptEnded;
    private bool _greeted;

    public CallTrace(ActivitySource source, IncomingCall call, CallLabels labels, TimeProvider time)
    {
        (_source, _time, _arrived) = (source, time, time.GetUtcNow());
        // The connection or the request that brought the call is no parent of it.
        Activity.Current = null;
        _call = source.StartActivity(
            "call", ActivityKind.Server, default(ActivityContext),
            [new("voiceai.call.id", call.Id), new("voiceai.entry", labels.Entry), new("voiceai.request", labels.Request), new("voiceai.flow", labels.Flow)],
            startTime: _arrived);
        _greeted = call.IsAdopted;
    }

    public void On(CallEvent happened)
    {
        switch (happened)
        {
            case CallEvent.Resumed resumed:
                _before = _promptEnded = resumed.At;
                _call?.SetTag("voiceai.resumed", true);
                break;
            case CallEvent.Said said:
                Said(said);
                break;
            case CallEvent.Heard heard:
                Heard(heard);
                break;
            case CallEvent.Pressed pressed:
                Span("listen", _call, _promptEnded, pressed.At, ("voiceai.input", "keys"));
                break;
            case CallEvent.Understood understood:
                Span("understand", _call, understood.At - understood.Took, understood.At, ("voiceai.intent", understood.Intent), ("voiceai.verdict", understood.Verdict), ("voiceai.confidence", understood.Confidence));
                break;
            case CallEvent.Replied replied:
                _call?.AddEvent(new ActivityEvent("replied", At(replied.At), new ActivityTagsCollection { ["voiceai.voice_to_voice.seconds"] = replied.SinceSpeech.TotalSeconds }));
                break;
            case CallEvent.Ended ended:
                Ended(ended);
                break;
        }
    }

    public void Dispose()
    {
        if (_call is null || _call.IsStopped)
            return;
        _call.SetEndTime(_time.GetUtcNow().UtcDateTime);
        _call.Stop();
    }

    private void Said(CallEvent.Said said)
    {
        var (asked, ended) = (said.At - said.Synthesis, said.At + said.Played);
        using var prompt = Begin(_greeted ? "reply" : "greeting", _call, asked, ("voiceai.ending", said.Ending));
        _greeted = true;
        Span("synthesise", prompt, asked, said.At, ("voiceai.engine", said.Engine));
        Span("play", prompt, said.At, ended, ("voiceai.ending", said.Ending));
        if (said.Ending == "failed")
            prompt?.SetStatus(ActivityStatusCode.Error);
        End(prompt, ended);
        _promptEnded = ended;
    }

    private void Heard(CallEvent.Heard heard)
    {
        if (heard.Engine.Length == 0)
        {
            Span("listen", _call, _promptEnded, heard.At, ("voiceai.input", "silence"));
            return;
        }
        var silent = heard.At - heard.Endpoint;
        var spoke = silent - heard.Speech;
        // It may have begun while the prompt still played: the caller barged in.
        using var listen = Begin("listen", _call, spoke < _promptEnded ? spoke : _promptEnded, ("voiceai.input", "speech"), ("voiceai.speech.seconds", heard.Speech.TotalSeconds), ("voiceai.endpoint.seconds", heard.Endpoint.TotalSeconds));
        var began = silent + Speculation < heard.At - heard.Recognition ? silent + Speculation : heard.At - heard.Recognition;
        Span("recognise", listen, began, began + heard.Recognition, ("voiceai.engine", heard.Engine), ("voiceai.confidence", heard.Confidence), ("voiceai.waited.seconds", heard.Waited.TotalSeconds));
        End(listen, heard.At);
    }

    private void Ended(CallEvent.Ended ended)
    {
        // What became of a transfer is the dialplan's; its place may hold a number.
        Span("route", _call, ended.At, ended.At, ("voiceai.next", ended.Next is "dialplan" or "hang-up" ? ended.Next : "transfer"));
        if (_call is null)
            return;
        _call.SetTag("voiceai.outcome", ended.Result).SetTag("voiceai.reason", ended.Reason).SetTag("voiceai.intent", ended.Intent);
        if (ended.Result == "error")
            _call.SetStatus(ActivityStatusCode.Error, ended.Reason);
        End(_call, ended.At);
    }

    private void Span(string name, Activity? parent, TimeSpan from, TimeSpan to, params ReadOnlySpan<(string Name, object Value)> tags)
    {
        using var span = Begin(name, parent, from, tags);
        End(span, to);
    }

    private Activity? Begin(string name, Activity? parent, TimeSpan from, params ReadOnlySpan<(string Name, object Value)> tags)
    {
        if (parent is null)
            return null;
        var span = _source.StartActivity(name, ActivityKind.Internal, parent.Context, startTime: At(from));
        foreach (var (tag, value) in tags)
            span?.SetTag(tag, value);
        return span;
    }

    private void End(Activity? span, TimeSpan at)
    {
        if (span is null)
            return;
        // An end before the start would be taken for none.
        var end = At(at).UtcDateTime;
        span.SetEndTime(end > span.StartTimeUtc ? end : span.StartTimeUtc.AddTicks(1));
        span.Stop();
    }

    private DateTimeOffset At(TimeSpan sinceBegin) => _arrived + (sinceBegin > _before ? sinceBegin - _before : TimeSpan.Zero);
}
