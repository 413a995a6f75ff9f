using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Everything that makes a prompt sound as it does: words, language, pace, voice, engine with its version, and rate.</summary>
internal sealed record PromptKey(Prompt Prompt, string Engine, int SampleRate)
{
    /// <summary>What is only about how it is played and kept is left out.</summary>
    public static PromptKey Of(Prompt prompt, string engine, int sampleRate) => new(prompt with { MustBeHeard = false, IsFixed = false }, engine, sampleRate);

    /// <summary>The key as text. A property that a prompt gains is in it without further ado.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, PromptKeyJson.Default.PromptKey);

    /// <summary>Null = it is no key.</summary>
    public static PromptKey? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, PromptKeyJson.Default.PromptKey);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>SHA-256 of a key's text, in hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> utf8) => Convert.ToHexStringLower(SHA256.HashData(utf8));
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PromptKey))]
internal sealed partial class PromptKeyJson : JsonSerializerContext;
