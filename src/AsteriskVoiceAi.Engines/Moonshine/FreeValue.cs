using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>The number or code in a sentence that was read freely, as the question for it would read it.</summary>
internal static class FreeValue
{
    /// <summary>Dates that are said from today on are none of these.</summary>
    private static readonly DateTime AnyDay = DateTime.UnixEpoch;

    /// <returns>Null = there is none of the expected length.</returns>
    public static string? Of(Expectation expectation, string text) => expectation switch
    {
        Expectation.Digits(var least, var most) => Within(SlotType.Digits, text, least, most),
        Expectation.Characters(var least, var most) => Within(SlotType.Alnum, text, least, most),
        _ => null,
    };

    private static string? Within(SlotType type, string text, int least, int most) =>
        SlotReader.Read(new SlotQuestion(type, AnyDay), text) is { Value: var value } && value.Length >= least && value.Length <= most ? value : null;
}
