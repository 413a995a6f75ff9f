using System.Text.Json.Serialization;

namespace AsteriskVoiceAi.Engines.Remote;

/// <summary>The body of a speech question.</summary>
/// <param name="Format">Of the answer.</param>
internal sealed record RemoteSpeechQuestion(string Model, string Input, string Voice, [property: JsonPropertyName("response_format")] string Format, double? Speed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RemoteSpeechQuestion))]
internal sealed partial class RemoteSpeechWords : JsonSerializerContext;
