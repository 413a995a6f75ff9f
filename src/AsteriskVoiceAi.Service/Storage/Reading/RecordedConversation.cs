using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Live;

namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>A record as lines for people, the conversation as <c>voiceai watch</c> shows it.</summary>
internal static class RecordedConversation
{
    public static IEnumerable<string> Lines(CallRow call, IReadOnlyList<TurnRow> turns)
    {
        yield return Text($"call {call.Id}, {call.StartedAt:yyyy-MM-dd HH:mm:ss} UTC, {call.DurationMs / 1000.0:0.0} s: {CallText.Result(call)} {call.Reason}".TrimEnd() + $", intent {Or(call.Intent, "none")}, on to {Or(call.Next, "nowhere")}");
        yield return Text($"from {Or(call.Caller, "an unknown number")} to {Or(call.Dialed, "?")} by {call.Entry}, channel {call.Channel}, linked id {Or(call.LinkedId, "unknown")}");
        yield return Text($"flow {Or(call.Flow, "none")} version {Or(call.FlowVersion, "none")}, {(call.Transport.Length > 0 ? $"{call.Transport} {call.Codec}" : "audio unknown")}{(call.Resumed ? ", taken up again after the service was gone" : "")}");
        if (call.Slots.Length > 0)
            yield return Text($"slots {call.Slots}");
        if (call.FramesReceived is { } received)
            yield return Text($"audio from Asterisk: {received} frames of 20 ms heard, {call.FramesLost} lost, {call.FramesLate} late, {call.FramesConcealed} made up; jitter {call.JitterMs:0.0} ms; MOS {(call.Mos is { } mos ? Text($"{mos:0.00}") : "unknown")} (estimated, E-model)");
        if (call.PhoneReceived is { } fromPhone)
            yield return Text($"the phone's line: {fromPhone} packets came, {call.PhoneLost} lost; {call.PhoneSent} sent to it, {call.PhoneMissed} lost; jitter {call.PhoneJitterMs:0.0} ms, round trip {call.PhoneRoundTripMs:0.0} ms; MOS {(call.PhoneMos is { } heard ? Text($"{heard:0.00}") : "unknown")} (estimated, E-model)");
        if (call.Recording.Length > 0)
            yield return Text($"recording {call.Recording}");
        if (call.LostTurns > 0)
            yield return Text($"{call.LostTurns} turns are missing: they could not be written");
        foreach (var happened in turns.SelectMany(Events))
            yield return ConversationLine.For(happened);
    }

    /// <summary>What happened in a turn, as it was told when it did.</summary>
    private static IEnumerable<CallEvent> Events(TurnRow turn)
    {
        var at = TimeSpan.FromMilliseconds(turn.AtMs);
        yield return turn.Kind switch
        {
            "said" => new CallEvent.Said(turn.CallId, at, turn.Text, turn.Engine, Ms(turn.SynthesisMs), Ms(turn.PlayedMs), turn.Ending),
            "keys" => new CallEvent.Pressed(turn.CallId, at, turn.Text),
            "silence" => new CallEvent.Heard(turn.CallId, at, "", 0, "", default, default, default, default),
            _ => new CallEvent.Heard(turn.CallId, at, Or(turn.Text, "(not kept)"), turn.Confidence ?? 0, turn.Engine, Ms(turn.SpeechMs), Ms(turn.EndpointMs), Ms(turn.RecognitionMs), Ms(turn.WaitedMs)),
        };
        if (turn.Verdict.Length > 0)
            yield return new CallEvent.Understood(turn.CallId, at, turn.Intent, turn.IntentConfidence ?? 0, turn.Verdict, Ms(turn.UnderstandingMs));
        if (turn.Slots.Length > 0)
            yield return new CallEvent.Filled(turn.CallId, at, JsonSerializer.Deserialize<Dictionary<string, string>>(turn.Slots) ?? []);
        if (turn.ReplyMs is not null)
            yield return new CallEvent.Replied(turn.CallId, at, Ms(turn.ReplyMs));
    }

    private static TimeSpan Ms(int? milliseconds) => TimeSpan.FromMilliseconds(milliseconds ?? 0);

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => text;
}
