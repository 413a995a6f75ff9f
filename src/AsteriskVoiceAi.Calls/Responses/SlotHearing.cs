using System.Globalization;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>Takes the values of a flow's slots out of what callers say and press. Thread-safe.</summary>
internal sealed class SlotHearing(Flow flow, TimeProvider time)
{
    /// <summary>Under this the recogniser guessed, and what it wrote is read back.</summary>
    private const double GuessedWords = 0.6;

    /// <summary>Longest number or code where the flow names no length.</summary>
    private const int Most = 32;

    /// <summary>So many digits in a sentence about something else are a number; fewer may be anything.</summary>
    private const int ManyDigits = 4;

    /// <summary>What the recogniser should expect.</summary>
    public static Expectation Expects(FlowSlot slot) => slot.Type switch
    {
        SlotType.Digits => new Expectation.Digits(Math.Max(1, slot.Rules.MinLength), slot.Rules.MaxLength > 0 ? slot.Rules.MaxLength : Most),
        SlotType.Phone => new Expectation.Digits(7, 15),
        SlotType.Alnum or SlotType.Spelled => new Expectation.Characters(Math.Max(1, slot.Rules.MinLength), slot.Rules.MaxLength > 0 ? slot.Rules.MaxLength : Most),
        SlotType.YesNo => new Expectation.YesNo(),
        SlotType.Choice => new Expectation.OneOf(slot.Choices),
        SlotType.Date => new Expectation.Date(),
        _ => Expectation.Anything,
    };

    /// <summary>Whether a further key could belong to the value.</summary>
    public static bool MoreKeysMayFollow(FlowSlot slot, string pressed) => slot.Type switch
    {
        SlotType.YesNo => false,
        SlotType.Choice => slot.Choices.Count >= 10 && pressed.Length < 2,
        SlotType.Expiry or SlotType.Time => pressed.Length < 4,
        SlotType.Date => pressed.Length < 8,
        _ => slot.Rules.MaxLength == 0 || pressed.Length < slot.Rules.MaxLength,
    };

    public SlotAnswer Hear(FlowSlot slot, CallerTurn.Heard heard)
    {
        SlotAnswer? wrong = null;
        foreach (var text in heard.Alternatives.Take(2).Select(other => other.Text).Prepend(heard.Text))
        {
            if (Read(slot, text) is not { } reading)
                continue;
            if (slot.Rules.Check(slot.Type, reading.Value) is { } problem)
            {
                wrong ??= new SlotAnswer.Wrong(reading.Value, problem);
                continue;
            }
            var isSure = reading.Confidence >= SlotReading.Sure && heard.Confidence >= GuessedWords && text == heard.Text;
            return new SlotAnswer.Value(reading.Value, isSure);
        }
        // What the recogniser's own grammar made of the sound.
        if (heard.Expected is { Length: > 0 } expected && slot.Type is SlotType.Digits or SlotType.Alnum or SlotType.Choice or SlotType.YesNo && slot.Rules.Check(slot.Type, expected) is null)
            return new SlotAnswer.Value(expected, IsSure: false);
        return wrong ?? new SlotAnswer.None();
    }

    public SlotAnswer Press(FlowSlot slot, string keys)
    {
        var value = slot.Type switch
        {
            SlotType.YesNo => keys switch { "1" => "yes", "2" => "no", _ => null },
            SlotType.Choice => int.TryParse(keys, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= slot.Choices.Count ? slot.Choices[place - 1] : null,
            SlotType.Digits => keys.All(char.IsAsciiDigit) ? keys : null,
            SlotType.Alnum or SlotType.Spelled or SlotType.Name or SlotType.Email or SlotType.Text => null,
            _ => Read(slot, keys)?.Value,
        };
        if (value is null)
            return new SlotAnswer.None();
        return slot.Rules.Check(slot.Type, value) is { } problem ? new SlotAnswer.Wrong(value, problem) : new SlotAnswer.Value(value, IsSure: true);
    }

    /// <summary>"No, five, not nine": the value that was read back with that changed; null = no such correction.</summary>
    public static string? Correct(FlowSlot slot, string readBack, string text) => SlotCorrection.Apply(slot.Type, readBack, text);

    /// <summary>Values that a caller tells with the wish itself: "track parcel 4 0 1 2 …". Only forms that nothing else has.</summary>
    public IEnumerable<(FlowSlot Slot, string Value)> ReadAhead(FlowIntent intent, IReadOnlyDictionary<string, string> known, CallerTurn.Heard heard)
    {
        var taken = new HashSet<SlotType>();
        foreach (var slot in intent.Slots.Where(slot => !known.ContainsKey(slot.Name) && IsPlain(slot.Type)))
        {
            // One value for one slot: two numbers in a sentence are asked for one by one.
            if (Hear(slot, heard) is SlotAnswer.Value(var value, _) && !(slot.Type == SlotType.Digits && value.Length < ManyDigits) && taken.Add(slot.Type))
                yield return (slot, value);
        }
    }

    private SlotReading? Read(FlowSlot slot, string text) => SlotReader.Read(
        new SlotQuestion(slot.Type, time.GetLocalNow().DateTime) { Locale = flow.Language, PrefersPast = slot.PrefersPast, Choices = slot.Choices, Kind = slot.Kind, Rules = slot.Rules }, text);

    private static bool IsPlain(SlotType type) => type is SlotType.Digits or SlotType.Phone or SlotType.Date or SlotType.DateTime or SlotType.Email or SlotType.Choice or SlotType.Money;
}
