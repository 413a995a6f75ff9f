using System.Text.Json.Serialization;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>What the server is asked.</summary>
internal sealed record PiperServerQuestion(string Text, string? Voice, [property: JsonPropertyName("length_scale")] double? Length);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PiperServerQuestion))]
internal sealed partial class PiperServerWords : JsonSerializerContext;
