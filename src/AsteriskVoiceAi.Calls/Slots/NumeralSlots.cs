using System.Globalization;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Slots.English;

namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>
/// A language of which we know the numerals, yes and no: digits, telephone numbers and numbers up to 99. Strict: a word that is no numeral and says
/// something makes no value.
/// </summary>
/// <param name="numerals">Null = figures only.</param>
internal sealed class NumeralSlots(Numerals? numerals) : SlotLanguage
{
    private const int LeastPhone = 7;
    private const int MostPhone = 15;

    public override IReadOnlyList<SlotType> Types { get; } = numerals is null
        ? [SlotType.YesNo, SlotType.Choice, SlotType.Text]
        : [SlotType.Digits, SlotType.Phone, SlotType.Number, SlotType.YesNo, SlotType.Choice, SlotType.Text];

    public override SlotReading? Read(SlotQuestion question, List<Token> tokens, string text) => question.Type switch
    {
        SlotType.Digits => Clear(numerals?.Read(Utterance.Words(text, spellNumbers: false)) is { } said ? string.Concat(said) : null),
        SlotType.Phone => Phone(text),
        SlotType.Number => Clear(numerals?.Read(Utterance.Words(text, spellNumbers: false)) is [var only] ? Plain(only) : null),
        SlotType.YesNo => YesNoAnswer.Read(text, question.Locale),
        SlotType.Choice => ChoiceReader.Read(tokens, text, question.Choices),
        _ => null,
    };

    private SlotReading? Phone(string text)
    {
        var digits = numerals?.Read(Utterance.Words(text, spellNumbers: false)) is { } said ? string.Concat(said) : "";
        return digits.Length is >= LeastPhone and <= MostPhone ? Clear(text.TrimStart().StartsWith('+') ? "+" + digits : digits) : null;
    }

    private static string? Plain(string figures) => decimal.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    private static SlotReading? Clear(string? value) => value is { Length: > 0 } ? new SlotReading(value, SlotReading.Clear) : null;
}
