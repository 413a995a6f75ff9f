using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Something that an intent needs to know before its steps run.</summary>
/// <param name="Ask">The question.</param>
/// <param name="Confirm">When it is read back.</param>
/// <param name="Invalid">Said where the value can't be right; null = a standard reason.</param>
public sealed record FlowSlot(string Name, SlotType Type, FlowText Ask, SlotRules Rules, SlotConfirm Confirm, FlowText? Invalid)
{
    /// <summary>For <see cref="SlotType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Dates without a year lie in the past.</summary>
    public bool PrefersPast { get; init; }

    /// <summary>The server that says whether a value is right; null = none.</summary>
    public FlowWebhook? Check { get; init; }

    /// <summary>What a code is: <c>postcode</c>.</summary>
    public string? Kind { get; init; }
}

/// <summary>When a value is read back: "4 1 5 2, is that right?"</summary>
public enum SlotConfirm
{
    /// <summary>Where it was not heard clearly.</summary>
    Auto,
    Always,
    Never,
}
