using System.Globalization;
using System.Text;

namespace AsteriskVoiceAi.Calls.Routing;

/// <summary>The channel variables that the dialplan gets back; what users write their dialplans against.</summary>
/// <remarks>Names come from this file or are squeezed to <c>[A-Z0-9_]</c>; values are one line without control characters.</remarks>
public static class CallVariables
{
    /// <summary>Longest value of <c>VOICEAI_TEXT</c> and of each slot, in UTF-8 bytes. <c>GET VARIABLE</c> gives back at most 1023.</summary>
    public const int MaxTextBytes = 1000;

    /// <summary>Holds a running call's checkpoint, for an instance of the service that takes the call up again.</summary>
    public const string Resume = "VOICEAI_RESUME";

    /// <summary>Holds the call's id from its beginning on.</summary>
    public const string Call = "VOICEAI_CALL";

    /// <summary>All variables of an outcome, in the order to set them: the result last, since it alone proves that the rest is there.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> From(CallOutcome outcome)
    {
        var variables = new List<KeyValuePair<string, string>>(8 + outcome.Slots.Count)
        {
            new(Call, OneLine(outcome.CallId)),
            new("VOICEAI_REASON", OneLine(outcome.Reason)),
            new("VOICEAI_INTENT", OneLine(outcome.Intent)),
            new("VOICEAI_CONFIDENCE", outcome.Confidence?.ToString("0.00", CultureInfo.InvariantCulture) ?? ""),
            new("VOICEAI_TEXT", OneLine(outcome.Text)),
            new("VOICEAI_DIGITS", OneLine(outcome.Digits)),
        };
        foreach (var (name, value) in outcome.Slots)
            variables.Add(new("VOICEAI_SLOT_" + VariableName(name), OneLine(value)));
        variables.Add(new("VOICEAI_RESULT", Word(outcome.Result)));
        return variables;
    }

    /// <summary>The contract's word for a result.</summary>
    public static string Word(CallResult result) => result switch
    {
        CallResult.Done => "done",
        CallResult.NoInput => "no-input",
        CallResult.NoMatch => "no-match",
        CallResult.Escalate => "escalate",
        CallResult.HangUp => "hangup",
        CallResult.Refused => "refused",
        CallResult.Error => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not a result"),
    };

    /// <summary>The result of the contract's word; null = it is none.</summary>
    internal static CallResult? Result(string word) => Enum.GetValues<CallResult>().Where(result => Word(result) == word).Select(result => (CallResult?)result).FirstOrDefault();

    private static string VariableName(string slot)
    {
        var name = new StringBuilder(slot.Length);
        foreach (var c in slot)
            name.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
        return name.ToString();
    }

    /// <summary>Control characters and line separators become nothing or one space; cut at a whole character.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaxTextBytes));
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var kept = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Rune(' '),
                _ => rune,
            };
            if (kept.Value == ' ' && (line.Length == 0 || line[^1] == ' '))
                continue;
            bytes += kept.Utf8SequenceLength;
            if (bytes > MaxTextBytes)
                break;
            line.Append(kept.ToString());
        }
        return line.ToString().TrimEnd();
    }
}
