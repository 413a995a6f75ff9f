using System.Text.Json;
using System.Text.Json.Nodes;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>The JSON Schema of flow files, for editors that complete and check YAML while it is written.</summary>
public static class FlowSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Draft 7, which editors' YAML extensions know best.</summary>
    public static string Json { get; } = Root().ToJsonString(Indented) + "\n";

    private static JsonObject Root()
    {
        var schema = Of(FlowShape.Root);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "AsteriskVoiceAi flow");
        return schema;
    }

    private static JsonObject Of(Shape shape) => shape switch
    {
        Shape.Text text => Text(text),
        Shape.List list => new JsonObject { ["type"] = "array", ["items"] = Of(list.Item), ["minItems"] = list.Min, ["maxItems"] = list.Max },
        Shape.Map map => Map(map),
        Shape.Table table => Table(table),
        Shape.WordOrMap either => new JsonObject { ["anyOf"] = new JsonArray(either.Word.Words.Count > 0 ? new JsonObject { ["enum"] = Values(either.Word.Words) } : Text(either.Word), Of(either.Keyed)) },
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "not a shape of the schema"),
    };

    private static JsonObject Text(Shape.Text text)
    {
        // An editor takes an unquoted 600, 0.7 or yes for a number or a truth value; the reader takes it as it is written.
        var types = new JsonArray("string", "number", "boolean");
        if (text.MayBeEmpty)
            types.Add("null");
        var schema = new JsonObject { ["type"] = types, ["maxLength"] = text.MaxLength };
        if (!text.MayBeEmpty)
            schema["minLength"] = 1;
        if (text.Pattern is not null)
            schema["pattern"] = $"^(?:{text.Pattern})$";
        if (text.Words.Count > 0)
            schema["examples"] = Values(text.Words);
        return schema;
    }

    private static JsonObject Map(Shape.Map map)
    {
        var properties = new JsonObject();
        foreach (var key in map.Keys)
        {
            var schema = Of(key.Shape);
            schema.Insert(0, "description", key.Description);
            properties[key.Name] = schema;
        }
        var result = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = map.Keys.Where(key => key.IsRequired).Select(key => key.Name).ToList();
        if (required.Count > 0)
            result["required"] = Values(required);
        if (map.ExactlyOne)
            (result["minProperties"], result["maxProperties"]) = (1, 1);
        return result;
    }

    private static JsonObject Table(Shape.Table table) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = $"^(?:{table.Name.Pattern})$", ["maxLength"] = table.Name.MaxLength },
        ["additionalProperties"] = Of(table.Item),
        ["minProperties"] = table.Min,
        ["maxProperties"] = table.Max,
    };

    private static JsonArray Values(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];
}
