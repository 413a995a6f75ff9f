using System.Text.Encodings.Web;
using System.Text.Json;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>Lists of one JSON object a line, as people and programs write them.</summary>
internal static class JsonLines
{
    public static JsonSerializerOptions Line { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Summary { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Reads a list; empty lines do not count.</summary>
    /// <param name="read">Makes a row of an object and the number of its line; null = it is no such row.</param>
    /// <param name="problems">Gets a sentence for each line that is no row.</param>
    /// <param name="expected">What a row is, for these sentences.</param>
    public static List<TRow> ReadAll<TRow>(string path, Func<JsonElement, int, TRow?> read, string expected, List<string> problems)
        where TRow : class
    {
        var rows = new List<TRow>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var text = line.Trim('\uFEFF', ' ', '\t', '\r');
            if (text.Length == 0)
                continue;
            try
            {
                using var json = JsonDocument.Parse(text);
                if (json.RootElement.ValueKind == JsonValueKind.Object && read(json.RootElement, number) is { } row)
                    rows.Add(row);
                else
                    problems.Add($"{path} line {number} is no row such as {expected}");
            }
            catch (JsonException e)
            {
                problems.Add($"{path} line {number} is no JSON: {e.Message}");
            }
        }
        return rows;
    }

    /// <summary>A text or number of a row as text; null = it has none.</summary>
    public static string? Text(this JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;
}
