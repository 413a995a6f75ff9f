using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>An answer, what was asked for, and what the caller meant.</summary>
/// <param name="IsScored">Whether it is known what the caller meant.</param>
/// <param name="Value">Null = the answer holds no such value.</param>
/// <param name="Alternatives">Other values that are as right.</param>
internal sealed record SlotRow(string Id, SlotQuestion Question, string Text, bool IsScored, string? Value, IReadOnlyList<string> Alternatives)
{
    private const string Expected = "{\"id\":\"7\",\"slot\":\"date\",\"text\":\"the ninth of june\",\"value\":\"2026-06-09\",\"ref\":\"2026-03-17\"}";

    /// <param name="now">For rows that name no date.</param>
    public static List<SlotRow> ReadAll(string path, DateTime now, string language, List<string> problems) =>
        JsonLines.ReadAll(path, (row, number) => Read(row, number, now, language, problems), Expected + ", slot being one of " + string.Join(", ", SlotTypes.Names), problems);

    public bool IsRight(string? value) => value == Value || (value is not null && Alternatives.Contains(value));

    private static SlotRow? Read(JsonElement row, int number, DateTime now, string language, List<string> problems)
    {
        if (row.Text("text") is not { } text || SlotTypes.Find(row.Text("slot") ?? "") is not { } type)
            return null;
        var day = row.Text("ref") is { } given ? DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null : DateOnly.FromDateTime(now);
        var clock = row.Text("now") is { } at ? TimeOnly.TryParse(at, CultureInfo.InvariantCulture, out var time) ? time : (TimeOnly?)null : TimeOnly.FromDateTime(now);
        if (day is null || clock is null)
        {
            problems.Add($"line {number}: \"ref\" is no date such as 2026-03-17, or \"now\" no time such as 10:00");
            return null;
        }
        var question = new SlotQuestion(type, day.Value.ToDateTime(clock.Value))
        {
            Locale = row.Text("locale") ?? language,
            PrefersPast = row.Text("prefer") == "past",
            Kind = row.Text("kind"),
            Choices = Texts(row, "choices"),
        };
        return new SlotRow(row.Text("id") ?? number.ToString(CultureInfo.InvariantCulture), question, text, row.TryGetProperty("value", out _), row.Text("value"), Texts(row, "alt"));
    }

    private static IReadOnlyList<string> Texts(JsonElement row, string name) =>
        row.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : [];
}

/// <param name="Value">What was read; null = nothing.</param>
internal sealed record SlotOutcome(SlotRow Row, string? Value, TimeSpan Took)
{
    public bool IsRight => Row.IsRight(Value);

    /// <summary>Worse than a miss: a wrong value is acted on.</summary>
    public bool IsFalse => Value is not null && !IsRight;
}
