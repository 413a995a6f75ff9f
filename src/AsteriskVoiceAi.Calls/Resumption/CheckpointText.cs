using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Calls.Resumption;

/// <summary>
/// A checkpoint as the value of a channel variable:
/// <code>checkpoint = "1." base64url( JSON )</code>
/// The number is the version; another one is not read. Without quotes, commas, dollars and line ends it means nothing to a dialplan.
/// </summary>
internal static class CheckpointText
{
    /// <summary>Longest text, in characters. 4 KiB hold some three thousand characters of prompts and variables; Asterisk gave 30,000 back whole.</summary>
    public const int MaxLength = 4096;

    private const string Version = "1.";
    private const int MaxItems = 50;
    private const int MaxWord = 100;

    /// <summary>No call lasts longer; and clocks of two machines differ.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(24);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The text. When everything is too long, variables and words are left out; then the conversation goes on at its flow's beginning.</summary>
    public static string Write(CallCheckpoint checkpoint)
    {
        var text = Encode(checkpoint);
        return text.Length <= MaxLength
            ? text
            : Encode(new CallCheckpoint { CallId = checkpoint.CallId, Began = checkpoint.Began, Flow = checkpoint.Flow });
    }

    /// <summary>Null = it is not what <see cref="Write"/> makes, or is of another call. Never throws.</summary>
    public static CallCheckpoint? Read(string text, string callId, DateTimeOffset now)
    {
        if (text.Length > MaxLength || !text.StartsWith(Version, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(Version.Length)))
            return null;
        try
        {
            var json = Base64Url.DecodeFromChars(text.AsSpan(Version.Length));
            return JsonSerializer.Deserialize(json, CheckpointJson.Default.CallCheckpoint) is { } read && read.CallId == callId && IsSound(read, now) ? read : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string Encode(CallCheckpoint checkpoint) =>
        Version + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(checkpoint, CheckpointJson.Default.CallCheckpoint));

    /// <summary>Whether every value is one that a conversation can have.</summary>
    private static bool IsSound(CallCheckpoint read, DateTimeOffset now)
    {
        var began = now.ToUnixTimeMilliseconds() - read.Began;
        string?[] words = [read.Flow, read.Asked, read.AskedOr, read.Refused, read.Intent, read.Digits, read.End?.Result, read.End?.Reason, read.End?.Next, read.End?.Context, read.End?.Extension, read.FillingIntent, read.FillingSlot, read.Enquiry?.Intent, read.Enquiry?.Slot, read.Enquiry?.Result, read.Enquiry?.Reason];
        return began >= -ClockSkew.TotalMilliseconds && began <= LongestCall.TotalMilliseconds
            && words.All(word => word is null || (word.Length <= MaxWord && IsPrintable(word)))
            && read.Turns is >= 0 and <= TurnHandler.MaxTurns + 1
            && read.NoInputs >= 0 && read.NoMatches >= 0
            && IsShare(read.AskedConfidence) && (read.Confidence is null || IsShare(read.Confidence.Value))
            && read.Variables.Count <= MaxItems && read.Variables.All(pair => pair.Value is not null)
            && read.FillingTries >= 0 && read.Slots.Count <= MaxItems && read.Saved.Count <= MaxItems && read.Slots.Values.Concat(read.Saved.Values).Append(read.FillingPending).Append(read.Enquiry?.Value).All(value => value is null || (value.Length <= CallVariables.MaxTextBytes && IsPrintable(value)))
            && read.Last.Count <= MaxItems && read.Last.All(said => !string.IsNullOrWhiteSpace(said));
    }

    private static bool IsShare(double value) => value is >= 0 and <= 1;

    private static bool IsPrintable(string word) => word.EnumerateRunes().All(rune => !Rune.IsControl(rune));
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 4)]
[JsonSerializable(typeof(CallCheckpoint))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
