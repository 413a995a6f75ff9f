using System.Globalization;
using System.Text.Json;

namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>Finds single values in what a server answered.</summary>
internal static class JsonValues
{
    /// <summary>Grammar of a path: key *( "." key ), a key of an object or the place in a list, counted from 0.</summary>
    /// <returns>Null = there is no such thing, or it is no text, number or truth value.</returns>
    public static string? Find(JsonElement json, string path)
    {
        foreach (var key in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Step(json, key) is not { } next)
                return null;
            json = next;
        }
        return Text(json);
    }

    public static string? Text(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString(),
                JsonValueKind.Number => json.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a character: "\ud800".
            return null;
        }
    }

    private static JsonElement? Step(JsonElement json, string key) => json.ValueKind switch
    {
        JsonValueKind.Object when json.TryGetProperty(key, out var value) => value,
        JsonValueKind.Array when int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < json.GetArrayLength() => json[at],
        _ => null,
    };
}
