namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>
/// Values that are said twice, or with remarks: "Eleven, I counted them twice, eleven", "Z99EF, I have it from the e-mail". The answer is read
/// whole, and then a sentence at a time.
/// </summary>
internal static class Sentences
{
    /// <summary>Fewer characters said again may be more of the same: "five five, five five".</summary>
    private const int LongCode = 4;

    /// <summary>A code of fewer characters may be a rest of one.</summary>
    private const int ShortCode = 3;

    private static readonly string[][] Markers = [["i", "said"], ["that", "is"], ["yeah"], ["yes"], ["yep"], ["yup"], ["again"], ["that's"], ["it's"]];

    public static bool Holds(SlotType type) => type is SlotType.Digits or SlotType.Phone or SlotType.Alnum or SlotType.Number or SlotType.Percent or SlotType.Money or SlotType.Duration or SlotType.Time or SlotType.Date;

    public static SlotReading? Read(SlotType type, List<Token> tokens, Func<List<Token>, SlotReading?> read)
    {
        var whole = read(tokens);
        var sentences = Split(tokens);
        if (sentences.Count < 2)
            return whole;
        var isCode = type is SlotType.Digits or SlotType.Phone or SlotType.Alnum;
        var values = sentences.ConvertAll(sentence => read(sentence));
        var found = values.OfType<SlotReading>().Where(value => !isCode || value.Value.Length >= ShortCode).ToList();
        var fullest = found.MaxBy(value => value.Value.Length);
        var isAgain = found.Count > 1 && found.TrueForAll(value => IsSame(value.Value, fullest!.Value));
        if (isAgain && (isCode ? IsLong(fullest!.Value) : Strangers(sentences[values.FindLastIndex(value => value is not null)]) <= OwnWords(type)))
            return fullest;
        if (found.Count == 0 || found.Exists(value => value.Value != found[0].Value))
            return whole;
        if (whole is not null || found.Count > 1)
            return whole;
        // "Hicktown, ninety nine": a number among other words is no amount without its currency.
        var isSure = type != SlotType.Money || found[0].Value.Contains(' ', StringComparison.Ordinal);
        var others = sentences.Where((_, i) => values[i] is null).ToList();
        return isSure && others.Count == sentences.Count - 1 && !others.Exists(sentence => MayBelong(sentence, isCode)) ? found[0] with { Confidence = Math.Min(found[0].Confidence, SlotReading.Likely) } : null;
    }

    /// <summary>"Two hundred dollars, yep, two hundred".</summary>
    private static bool IsSame(string value, string fullest) => value == fullest || fullest.StartsWith(value + " ", StringComparison.Ordinal);

    /// <summary>"K k one, k k one": groups of a code are seldom mixed.</summary>
    private static bool IsLong(string value) => value.Length >= LongCode || (value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter));

    private static int Strangers(List<Token> sentence) => Words.Strangers(sentence.FindAll(token => token.Text is not ("hundred" or "thousand" or "million" or "half" or "quarter" or "quarters")));

    /// <summary>How many words beside the number a value has when it is said again: "two adults, two children" are two values.</summary>
    private static int OwnWords(SlotType type) => type switch
    {
        SlotType.Number => 0,
        // "Pounds", "weeks".
        SlotType.Money or SlotType.Duration => 1,
        // "Per cent".
        SlotType.Percent => 2,
        _ => int.MaxValue,
    };

    private static List<List<Token>> Split(List<Token> tokens)
    {
        List<List<Token>> sentences = [[]];
        for (var at = 0; at < tokens.Count;)
        {
            var marker = Markers.FirstOrDefault(words => tokens.Follows(at, words));
            if ((tokens[at].IsAfterStop || marker is not null) && sentences[^1].Count > 0)
                sentences.Add([]);
            if (marker is not null)
                at += marker.Length;
            else
                sentences[^1].Add(tokens[at++]);
        }
        sentences.RemoveAll(sentence => sentence.Count == 0);
        return sentences;
    }

    /// <summary>"The phone on the 6th, 1958": a number or a day in another sentence belonged to the value, and a "not" denies one.</summary>
    private static bool MayBelong(List<Token> sentence, bool isCode) => sentence.Exists(token =>
        token.Kind is TokenKind.Figure or TokenKind.Mixed || (token.IsLetter && token.Text is not ("a" or "i")) || token.Text is "not" or "hundred" or "half" or "quarter" || Words.Units.ContainsKey(token.Text) || Words.Tens.ContainsKey(token.Text)
        || Words.Ordinals.ContainsKey(token.Text) || Letters.IsNato(token.Text)
        || (!isCode && (Months.Find(token.Text) is not null || Months.Day(token.Text) is not null)))
        || (!isCode && DateChanges.Beside(sentence) is not null);
}
