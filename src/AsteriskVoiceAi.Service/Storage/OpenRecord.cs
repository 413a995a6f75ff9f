using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>The record of one call while events come in, and what of it is not written yet.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class OpenRecord
{
    /// <summary>Longest text of a column: more than anybody says in a turn.</summary>
    private const int MaxText = 4000;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly bool _keepWords;
    private readonly SortedDictionary<int, TurnRow> _waiting = [];
    private readonly Dictionary<string, string> _slots = [];
    private TurnRow? _said;
    private TurnRow? _heard;
    private int _next;

    public OpenRecord(string id, string writer, DateTime now, bool keepWords)
    {
        _keepWords = keepWords;
        Call = new CallRow { Id = Short(Clean(id)), StartedAt = now, Writer = writer };
    }

    public CallRow Call { get; private set; }

    /// <summary>Nothing more will come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Something of it is to be written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Turns that wait to be written.</summary>
    public int Waiting => _waiting.Count;

    /// <param name="full">There is no room for another turn.</param>
    public void Add(CallEvent happened, bool full)
    {
        var ms = (long)happened.At.TotalMilliseconds;
        Call = Call with { DurationMs = Math.Max(Call.DurationMs, ms) };
        switch (happened)
        {
            case CallEvent.Started { Facts: { } facts }:
                Begin(facts);
                break;
            case CallEvent.Resumed resumed:
                if (resumed.Facts is { } known)
                    Begin(known);
                Call = Call with { Resumed = true, Result = "", Reason = "", Next = "", EndedAt = null };
                IsOver = false;
                // Every turn of the earlier service took longer than a millisecond, so its numbers are lower.
                _next = (int)ms + 1;
                break;
            case CallEvent.Said said:
                _said = Put(new TurnRow { CallId = Call.Id, Number = _next++, AtMs = ms, Who = TurnRow.Service, Kind = "said", Text = Words(said.Text), Engine = Clean(said.Engine), Ending = said.Ending, SynthesisMs = Ms(said.Synthesis), PlayedMs = Ms(said.Played) }, full);
                break;
            case CallEvent.Replied replied when _said is not null:
                _said = Put(_said with { ReplyMs = Ms(replied.SinceSpeech) }, full);
                break;
            case CallEvent.Heard { Text: "" }:
                _heard = Put(new TurnRow { CallId = Call.Id, Number = _next++, AtMs = ms, Who = TurnRow.Caller, Kind = "silence" }, full);
                break;
            case CallEvent.Heard heard:
                _heard = Put(new TurnRow { CallId = Call.Id, Number = _next++, AtMs = ms, Who = TurnRow.Caller, Kind = "heard", Text = Words(heard.Text), Engine = Clean(heard.Engine), Confidence = heard.Confidence, SpeechMs = Ms(heard.Speech), EndpointMs = Ms(heard.Endpoint), RecognitionMs = Ms(heard.Recognition), WaitedMs = Ms(heard.Waited) }, full);
                break;
            case CallEvent.Pressed pressed:
                _heard = Put(new TurnRow { CallId = Call.Id, Number = _next++, AtMs = ms, Who = TurnRow.Caller, Kind = "keys", Text = Words(pressed.Keys) }, full);
                break;
            case CallEvent.Understood understood when _heard is not null:
                _heard = Put(_heard with { Intent = understood.Intent, IntentConfidence = understood.Confidence, Verdict = understood.Verdict, UnderstandingMs = Ms(understood.Took) }, full);
                break;
            case CallEvent.Filled filled:
                Fill(filled.Slots, full);
                break;
            case CallEvent.Recorded recorded:
                Call = Call with { Recording = Clean(recorded.Path) };
                break;
            case CallEvent.Ended ended:
                End(ended);
                break;
            default:
                return;
        }
        IsChanged = true;
    }

    /// <summary>What is to be written; from here on it counts as written.</summary>
    public RecordChange Take()
    {
        var change = new RecordChange(Call, [.. _waiting.Values]);
        _waiting.Clear();
        IsChanged = false;
        return change;
    }

    /// <summary>It could not be written after all. What has changed since stays as it is.</summary>
    public void PutBack(RecordChange change)
    {
        foreach (var turn in change.Turns)
            _waiting.TryAdd(turn.Number, turn);
        IsChanged = true;
    }

    /// <summary>The record of a call that is over, again.</summary>
    public static OpenRecord Of(RecordChange change)
    {
        var record = new OpenRecord(change.Call.Id, change.Call.Writer, change.Call.StartedAt, keepWords: true) { Call = change.Call, IsOver = true };
        record.PutBack(change);
        return record;
    }

    private void Begin(CallFacts facts) => Call = Call with
    {
        StartedAt = facts.Began.UtcDateTime,
        Entry = Clean(facts.Entry),
        Channel = Clean(facts.Channel),
        LinkedId = Clean(facts.LinkedId),
        Caller = Clean(facts.CallerNumber),
        Dialed = Clean(facts.DialedNumber),
        Language = Clean(facts.Language),
        Flow = Clean(facts.Flow),
        FlowVersion = facts.FlowVersion,
        Transport = facts.Transport,
        Codec = facts.Codec,
    };

    private void Fill(IReadOnlyDictionary<string, string> slots, bool full)
    {
        var kept = slots.ToDictionary(slot => Clean(slot.Key), slot => Words(slot.Value));
        foreach (var (name, value) in kept)
            _slots[name] = value;
        Call = Call with { Slots = JsonSerializer.Serialize(_slots, Readable) };
        if (_heard is not null)
            _heard = Put(_heard with { Slots = JsonSerializer.Serialize(kept, Readable) }, full);
    }

    private void End(CallEvent.Ended ended)
    {
        if (ended.Facts is { } facts)
            Begin(facts);
        Call = Call with { EndedAt = Call.StartedAt + ended.At, Result = ended.Result, Reason = ended.Reason, Intent = ended.Intent, Next = ended.Next };
        if (ended.Audio is { } audio)
        {
            Call = Call with
            {
                Transport = audio.Transport,
                Codec = audio.Codec,
                FramesReceived = audio.Received,
                FramesLost = audio.Lost,
                FramesLate = audio.Late,
                FramesConcealed = audio.Concealed,
                JitterMs = Math.Round(audio.Jitter.TotalMilliseconds, 1),
                Mos = Mos(audio.Mos),
            };
        }
        if (ended.Audio?.Phone is { } phone)
        {
            Call = Call with
            {
                PhoneReceived = phone.Received,
                PhoneLost = phone.Lost,
                PhoneSent = phone.Sent,
                PhoneMissed = phone.Missed,
                PhoneJitterMs = Math.Round(phone.Jitter.TotalMilliseconds, 1),
                PhoneRoundTripMs = Math.Round(phone.RoundTrip.TotalMilliseconds, 1),
                PhoneMos = Mos(phone.Mos),
            };
        }
        IsOver = true;
    }

    private TurnRow Put(TurnRow turn, bool full)
    {
        if (!full || _waiting.ContainsKey(turn.Number))
            _waiting[turn.Number] = turn;
        else
            Call = Call with { LostTurns = Call.LostTurns + 1 };
        return turn;
    }

    private string Words(string text) => _keepWords ? Clean(text) : "";

    /// <summary>No control characters, which a server refuses and a terminal obeys, no half characters, and not without end.</summary>
    private static string Clean(string text)
    {
        if (IsClean(text))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxText)
                break;
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return clean.ToString();
    }

    private static double? Mos(double? estimated) => estimated is { } mos ? Math.Round(mos, 2) : null;

    private static string Short(string id) => id.Length > CallRow.MaxId ? id[..CallRow.MaxId] : id;

    /// <summary>Most are, and stay the text that they were.</summary>
    private static bool IsClean(string text)
    {
        if (text.Length > MaxText)
            return false;
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
                return false;
        }
        return true;
    }

    private static int Ms(TimeSpan time) => (int)Math.Clamp(time.TotalMilliseconds, 0, int.MaxValue);
}
