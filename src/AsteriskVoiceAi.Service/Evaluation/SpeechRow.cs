using System.Text.Json;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>One recording of a list: <c>{"id","text"}</c>, where it may have <c>"audio"</c>, <c>"expect"</c> and <c>"language"</c> too.</summary>
/// <param name="Id">As in the list; also the file's name where no other is given.</param>
/// <param name="Text">What was said; null = not known, only heard.</param>
/// <param name="Audio">The file's path as the list gives it; null = ID.wav.</param>
/// <param name="Problem">What is wrong with the row, for the operator; null = nothing.</param>
internal sealed record SpeechRow(string Id, string? Text, string? Audio, Expectation Expectation, string? Language, string? Problem = null)
{
    /// <summary>Reads a list; a line that is no row becomes one with a problem, so that none is lost.</summary>
    public static List<SpeechRow> ReadAll(string path) =>
        [.. File.ReadLines(path).Select((line, i) => (Line: line.Trim('\uFEFF', ' ', '\t', '\r'), Number: i + 1)).Where(l => l.Line.Length > 0).Select(l => Read(l.Line, l.Number))];

    /// <summary>Where the recording is: in the folder given, beside the list, or as the path says.</summary>
    public string PathIn(string? folder, string list)
    {
        var name = Audio ?? Id + ".wav";
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(list))!, name);
        string[] places = folder is null ? [beside, name] : [Path.Combine(folder, name), .. Audio is null ? Array.Empty<string>() : [beside, name]];
        return places.FirstOrDefault(File.Exists) ?? places[0];
    }

    private static SpeechRow Read(string line, int number)
    {
        try
        {
            using var row = JsonDocument.Parse(line);
            if (row.RootElement.ValueKind != JsonValueKind.Object)
                return Bad($"line {number}", $"line {number} is no JSON object");
            var id = Value(row.RootElement, "id");
            var audio = Value(row.RootElement, "audio");
            if (string.IsNullOrEmpty(id) && string.IsNullOrEmpty(audio))
                return Bad($"line {number}", $"line {number} has neither \"id\" nor \"audio\"");
            var expect = Value(row.RootElement, "expect") ?? "";
            return ExpectationText.TryParse(expect, out var expectation)
                ? new(string.IsNullOrEmpty(id) ? Path.ChangeExtension(audio!, null) : id, Value(row.RootElement, "text"), string.IsNullOrEmpty(audio) ? null : audio, expectation, Value(row.RootElement, "language"))
                : Bad(id ?? audio!, $"line {number}: \"expect\": \"{expect}\" is none of free, yes-no, digits:8, digits:4..10, characters:6, one-of:a|b, date");
        }
        catch (JsonException e)
        {
            return Bad($"line {number}", $"line {number} is no JSON: {e.Message}");
        }
    }

    private static SpeechRow Bad(string id, string problem) => new(id, null, null, Expectation.Anything, null, problem);

    private static string? Value(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;
}
