using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>Whether what was expected was heard right, whatever words it was said in.</summary>
public static class ExpectedValue
{
    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <param name="said">The label.</param>
    /// <returns>Null = nothing special was expected.</returns>
    public static bool? IsRight(Expectation expectation, string said, HeardSample heard) => expectation switch
    {
        Expectation.Free => null,
        Expectation.Digits or Expectation.Characters => Code(said).SequenceEqual(Code(heard.Expected ?? heard.Text)),
        _ => SpokenWords.Of(said).SequenceEqual(SpokenWords.Of(heard.Text)) || (heard.Expected is { } value && SpokenWords.Of(said).SequenceEqual(SpokenWords.Of(value))),
    };

    /// <summary>Letters and digits without anything between them; "oh" among them is a zero, and "double five" two fives.</summary>
    private static string Code(string text)
    {
        var code = new System.Text.StringBuilder();
        var times = 1;
        foreach (var word in SpokenWords.Of(text))
        {
            var digit = Array.IndexOf(Digits, word is "oh" ? "zero" : word);
            if (digit < 0 && word is "double" or "triple")
            {
                times = word == "double" ? 2 : 3;
                continue;
            }
            for (; times > 0; times--)
                code.Append(digit >= 0 ? digit.ToString(System.Globalization.CultureInfo.InvariantCulture) : word);
            times = 1;
        }
        return code.ToString();
    }
}
