using System.Globalization;
using System.Text;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Live;

/// <summary>One event of a call as a line for people.</summary>
internal static class ConversationLine
{
    public static string For(CallEvent happened)
    {
        // Words come from callers: one line, no control characters that a terminal would obey.
        var text = happened switch
        {
            CallEvent.Started e => $"call {e.CallId} from {Or(e.CallerNumber, "an unknown number")} by {e.Entry}",
            CallEvent.Resumed e => $"call {e.CallId} from {Or(e.CallerNumber, "an unknown number")} by {e.Entry} goes on after the service was gone",
            CallEvent.Said e => $"service  \"{e.Text}\"  ({e.Engine}, ready in {Ms(e.Synthesis)}, played {Seconds(e.Played)}, {e.Ending})",
            CallEvent.Heard { Text: "" } => "caller   (silence)",
            CallEvent.Heard e => $"caller   \"{e.Text}\"  (confidence {Share(e.Confidence)}, spoke {Seconds(e.Speech)}; over after {Ms(e.Endpoint)}, {e.Engine} {Ms(e.Recognition)}, waited for {Ms(e.Waited)})",
            CallEvent.Paused e => $"         paused {Ms(e.Silence)} after {Seconds(e.Speech)} ({Or(e.Rule, "nothing recognised yet")}{(e.Needed is { } needed ? $", would end after {Ms(needed)}" : "")}{(e.EndMark is { } mark ? $", final mark {Share(mark)}" : "")}{(e.Finished is { } finished ? $", sounds finished {Share(finished)}" : "")}): {e.Ending}",
            CallEvent.Pressed e => $"caller   pressed {e.Keys}",
            CallEvent.Understood e => $"         {e.Verdict} {Or(e.Intent, "nothing")} (confidence {Share(e.Confidence)}, {Ms(e.Took)})",
            CallEvent.Filled e => $"         {string.Join(", ", e.Slots.Select(slot => $"{slot.Key} = {Or(slot.Value, "nothing")}"))}",
            CallEvent.Replied e => $"         answered {Ms(e.SinceSpeech)} after the caller stopped",
            CallEvent.Asked e => $"         asked {e.Server} ({Ms(e.Took)}): {Or(e.Failure, "answered")}",
            CallEvent.Recorded e => $"         recorded {Seconds(e.Length)} to {e.Path}",
            CallEvent.Ended e => $"call ended: {e.Result} {e.Reason}".TrimEnd() + $", intent {Or(e.Intent, "none")}, on to {e.Next}",
            _ => happened.ToString(),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{happened.At.TotalSeconds,7:0.00} s  {Plain(text)}");
    }

    /// <summary>A space for everything that moves a cursor, ends a line or turns the direction of writing; the columns stay.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var obeyed = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
            plain.Append(obeyed ? " " : rune.ToString());
        }
        return plain.ToString();
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static string Ms(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
