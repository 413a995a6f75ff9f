using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AsteriskVoiceAi.Service.Live;

namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>Calls in the forms that people, spreadsheets and programs read.</summary>
internal static class CallText
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly string[] CallColumns =
    [
        "id", "started_at", "ended_at", "duration_ms", "result", "reason", "intent", "next", "slots", "turns", "barge_ins", "entry", "channel", "linked_id", "caller", "dialed",
        "language", "flow", "flow_version", "transport", "codec", "frames_received", "frames_lost", "frames_late", "frames_concealed", "jitter_ms", "mos",
        "phone_received", "phone_lost", "phone_sent", "phone_missed", "phone_jitter_ms", "phone_round_trip_ms", "phone_mos", "recording", "resumed", "lost_turns",
    ];

    private static readonly string[] TurnColumns =
    [
        "call_id", "number", "at_ms", "who", "kind", "text", "confidence", "engine", "intent", "intent_confidence", "verdict", "slots", "ending",
        "speech_ms", "endpoint_ms", "recognition_ms", "waited_ms", "understanding_ms", "synthesis_ms", "played_ms", "reply_ms",
    ];

    public static string TableHead => "started (UTC)        length   caller            turns  result       reason              intent            on to                 id";

    public static string CsvHead => string.Join(',', CallColumns);

    public static string TurnsHead => string.Join(',', TurnColumns);

    /// <summary>The word for people and filters.</summary>
    public static string Result(CallRow call) => call.Result.Length > 0 ? call.Result : "running";

    /// <summary>One line of the table. Its texts came from outside: nothing in it moves a cursor.</summary>
    public static string Row(CallSummary summary)
    {
        var call = summary.Call;
        return ConversationLine.Plain(string.Create(
            CultureInfo.InvariantCulture,
            $"{call.StartedAt:yyyy-MM-dd HH:mm:ss}  {call.DurationMs / 1000.0,6:0.0}  {Or(call.Caller),-16}  {summary.Turns,5}  {Result(call),-11}  {Or(call.Reason),-18}  {Or(call.Intent),-16}  {Or(call.Next),-20}  {call.Id}"));
    }

    /// <summary>One JSON object in one line.</summary>
    public static string Json(CallRow call, IReadOnlyList<TurnRow> turns) => JsonSerializer.Serialize(new { call = call with { Result = Result(call) }, turns }, Line);

    public static string Csv(CallSummary summary)
    {
        var c = summary.Call;
        return Csv([
            c.Id, c.StartedAt, c.EndedAt, c.DurationMs, Result(c), c.Reason, c.Intent, c.Next, c.Slots, summary.Turns, summary.BargeIns, c.Entry, c.Channel, c.LinkedId, c.Caller, c.Dialed,
            c.Language, c.Flow, c.FlowVersion, c.Transport, c.Codec, c.FramesReceived, c.FramesLost, c.FramesLate, c.FramesConcealed, c.JitterMs, c.Mos,
            c.PhoneReceived, c.PhoneLost, c.PhoneSent, c.PhoneMissed, c.PhoneJitterMs, c.PhoneRoundTripMs, c.PhoneMos, c.Recording, c.Resumed, c.LostTurns,
        ]);
    }

    public static string Csv(TurnRow t) => Csv([
        t.CallId, t.Number, t.AtMs, t.Who, t.Kind, t.Text, t.Confidence, t.Engine, t.Intent, t.IntentConfidence, t.Verdict, t.Slots, t.Ending,
        t.SpeechMs, t.EndpointMs, t.RecognitionMs, t.WaitedMs, t.UnderstandingMs, t.SynthesisMs, t.PlayedMs, t.ReplyMs,
    ]);

    private static string Csv(object?[] cells) => string.Join(',', cells.Select(Cell));

    /// <summary>
    /// RFC 4180: <code>cell = text without , " CR LF | '"' text with '"' doubled '"'</code>
    /// A text that a spreadsheet would take for a formula gets an apostrophe before it, which it shows as text.
    /// </summary>
    private static string Cell(object? value)
    {
        var text = value switch
        {
            DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            bool yes => yes ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        if (value is string && text.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || text is ['\t' or '\r' or '\n', ..])
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? new StringBuilder("\"").Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString() : text;
    }

    private static string Or(string text) => text.Length > 0 ? text : "-";
}
