using System.Text.Json;
using System.Text.Json.Serialization;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Remote;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>What a server answers in <c>verbose_json</c> (whisper.cpp examples/server; OpenAI's transcription object), as far as we use it.</summary>
internal sealed record WhisperReply
{
    public string? Text { get; init; }

    public IReadOnlyList<Segment>? Segments { get; init; }

    /// <summary>How long the server took, from the question to the answer.</summary>
    [JsonIgnore]
    public TimeSpan Took { get; init; }

    /// <exception cref="SpeechEngineException">It is something else.</exception>
    public static WhisperReply Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reply = JsonSerializer.Deserialize(json, WhisperJson.Default.WhisperReply);
            return reply is { Text: not null } or { Segments: not null }
                ? reply
                : throw new SpeechEngineException($"answered without a text: {EngineServer.Excerpt(json)}");
        }
        catch (JsonException e)
        {
            throw new SpeechEngineException($"answered something that is no transcription: {EngineServer.Excerpt(json)}", e);
        }
    }

    /// <param name="AverageLogProbability">Natural logarithm of the mean token probability.</param>
    /// <param name="NoSpeech">0 to 1. Always 0 from whisper.cpp's multilingual models, so only good for a yes.</param>
    internal sealed record Segment(
        string? Text,
        [property: JsonPropertyName("avg_logprob")] double? AverageLogProbability,
        [property: JsonPropertyName("no_speech_prob")] double? NoSpeech,
        IReadOnlyList<Token>? Words);

    /// <summary>whisper.cpp lists tokens here, each with its probability; OpenAI words without.</summary>
    internal sealed record Token(string? Word, double? Probability);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(WhisperReply))]
internal sealed partial class WhisperJson : JsonSerializerContext;
