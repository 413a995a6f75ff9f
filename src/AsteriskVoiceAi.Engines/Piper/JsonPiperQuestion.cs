using System.Text.Json.Serialization;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>A line of the C++ program's input.</summary>
internal sealed record JsonPiperQuestion(string Text, [property: JsonPropertyName("speaker_id")] long? Speaker);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonPiperQuestion))]
internal sealed partial class JsonPiperWords : JsonSerializerContext;
