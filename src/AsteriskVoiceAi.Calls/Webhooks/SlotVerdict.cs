using System.Text.Json;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>What a server says about a slot's value.</summary>
internal abstract record SlotVerdict
{
    private SlotVerdict() { }

    /// <param name="Value">Its own form of the value, or the one that it was asked about.</param>
    public sealed record Valid(string Value) : SlotVerdict;

    /// <param name="Reason">To say; empty = none.</param>
    public sealed record Invalid(string Reason) : SlotVerdict;

    /// <summary>Grammar: { "valid": true or false [, "reason": text] [, "value": text] }.</summary>
    /// <param name="value">That was asked about.</param>
    /// <returns>Null = the answer is none.</returns>
    public static SlotVerdict? Of(JsonElement json, FlowSlot slot, string value)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("valid", out var valid))
            return null;
        return valid.ValueKind switch
        {
            JsonValueKind.True => new Valid(JsonValues.Find(json, "value") is { } own && Fits(slot, own) ? own : value),
            JsonValueKind.False => new Invalid(HostileText.Spoken(JsonValues.Find(json, "reason") ?? "")),
            _ => null,
        };
    }

    /// <summary>A server's own form has to be one that a caller's could be.</summary>
    private static bool Fits(FlowSlot slot, string value) =>
        value.Length is > 0 and <= HostileText.MaxSpoken && value == HostileText.Spoken(value) && slot.Rules.Check(slot.Type, value) is null && slot.Type switch
        {
            SlotType.Digits => value.All(char.IsAsciiDigit),
            SlotType.Phone => value.TrimStart('+').All(char.IsAsciiDigit),
            SlotType.Alnum => value.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)),
            SlotType.YesNo => value is "yes" or "no",
            SlotType.Choice => slot.Choices.Contains(value),
            _ => true,
        };
}
