namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>Slot types as flows and lists write them.</summary>
public static class SlotTypes
{
    private static readonly Dictionary<string, SlotType> ByName = Enum.GetValues<SlotType>().ToDictionary(type => type.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <summary>Null = no such type. A hyphen, as in <c>yes-no</c>, counts for nothing.</summary>
    public static SlotType? Find(string name) => ByName.TryGetValue(name.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), out var type) ? type : null;

    /// <summary>Can be typed on the phone's keys as it is.</summary>
    public static bool TakesKeys(SlotType type) => type is SlotType.Digits or SlotType.Phone or SlotType.Number or SlotType.Ordinal or SlotType.Expiry;
}
