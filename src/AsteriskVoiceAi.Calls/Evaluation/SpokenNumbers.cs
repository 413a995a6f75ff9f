using System.Globalization;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>English numbers, however they are written, as one word for each digit: "1984", "nineteen eighty-four" and "one nine eight four" are the same.</summary>
internal static class SpokenNumbers
{
    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    private static readonly Dictionary<string, int> Small = Numbered(
        0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");

    private static readonly Dictionary<string, int> Tens = Numbered(2, "twenty thirty forty fifty sixty seventy eighty ninety");

    private static readonly Dictionary<string, int> Ordinals = Numbered(
        0, "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth");

    private static readonly Dictionary<string, int> TensOrdinals = Numbered(2, "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth");

    private static readonly Dictionary<string, long> Scales = new(StringComparer.Ordinal) { ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000 };

    /// <summary>Replaces every number among the words.</summary>
    public static IEnumerable<string> AsDigits(IReadOnlyList<string> words)
    {
        var wasNumber = false;
        for (var at = 0; at < words.Count;)
        {
            var from = at;
            if (Figure(words[at]) is { } figure)
            {
                at++;
                foreach (var digit in figure)
                    yield return digit;
            }
            else if (Spelled(words, ref at) is { } spelled)
            {
                foreach (var digit in spelled)
                    yield return digit;
            }
            else if (Between(words, at, wasNumber) is { } between)
            {
                at++;
                if (between.Length > 0)
                    yield return between;
            }
            else
            {
                yield return words[at++];
                wasNumber = false;
                continue;
            }
            wasNumber = at > from;
        }
    }

    /// <summary>"oh" beside a number is a zero; the point of a fraction is not said in figures.</summary>
    private static string? Between(IReadOnlyList<string> words, int at, bool afterNumber)
    {
        var beforeNumber = at + 1 < words.Count && IsNumber(words[at + 1]);
        if (words[at] is "oh" or "o" && (afterNumber || beforeNumber))
            return Digits[0];
        return words[at] == "point" && afterNumber && beforeNumber ? "" : null;
    }

    private static bool IsNumber(string word) =>
        char.IsAsciiDigit(word[0]) || Small.ContainsKey(word) || Tens.ContainsKey(word) || Ordinals.ContainsKey(word) || TensOrdinals.ContainsKey(word) || word is "oh" or "o";

    /// <summary>"408", "3rd", "2pm".</summary>
    private static List<string>? Figure(string word)
    {
        var length = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (length == 0)
            return null;
        var digits = word[..(length < 0 ? word.Length : length)].Select(c => Digits[c - '0']).ToList();
        if (length > 0)
            digits.Add(word[length..] is "st" or "nd" or "rd" ? "th" : word[length..]);
        return digits;
    }

    // number = [small] "hundred" [["and"] below hundred] [scale number] | below hundred [scale number]
    private static List<string>? Spelled(IReadOnlyList<string> words, ref int at)
    {
        var i = at;
        var (total, part) = (0L, BelowHundred(words, ref i, out var ordinal));
        if (part < 0)
            return null;
        while (!ordinal && part > 0)
        {
            var word = Word(words, i);
            if (word == "hundred" && part < 100)
                part *= 100;
            else if (Scales.TryGetValue(word, out var scale))
                (total, part) = (total + (part * scale), 0);
            else
                break;
            i++;
            part += Rest(words, ref i, out ordinal);
        }
        at = i;
        var value = (total + part).ToString(CultureInfo.InvariantCulture);
        var digits = value.Select(c => Digits[c - '0']).ToList();
        if (ordinal)
            digits.Add("th");
        return digits;
    }

    private static long Rest(IReadOnlyList<string> words, ref int at, out bool ordinal)
    {
        var i = Word(words, at) == "and" ? at + 1 : at;
        var rest = BelowHundred(words, ref i, out ordinal);
        if (rest <= 0)
            return 0;
        at = i;
        return rest;
    }

    /// <returns>-1 = no number here.</returns>
    private static long BelowHundred(IReadOnlyList<string> words, ref int at, out bool ordinal)
    {
        var word = Word(words, at);
        ordinal = Ordinals.TryGetValue(word, out var value) || TensOrdinals.TryGetValue(word, out value);
        if (ordinal)
        {
            at++;
            return Ordinals.ContainsKey(word) ? value : value * 10;
        }
        if (Small.TryGetValue(word, out value))
        {
            at++;
            return value;
        }
        if (!Tens.TryGetValue(word, out value))
            return -1;
        at++;
        var next = Word(words, at);
        if (Small.TryGetValue(next, out var ones) && ones is > 0 and < 10)
        {
            at++;
            return (value * 10) + ones;
        }
        ordinal = Ordinals.TryGetValue(next, out ones) && ones is > 0 and < 10;
        if (!ordinal)
            return value * 10;
        at++;
        return (value * 10) + ones;
    }

    private static string Word(IReadOnlyList<string> words, int at) => at < words.Count ? words[at] : "";

    private static Dictionary<string, int> Numbered(int first, string words) =>
        words.Split(' ').Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => pair.i + first, StringComparer.Ordinal);
}
