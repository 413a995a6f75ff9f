using System.Text;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>
/// Words of a transcript as they are compared: two texts that a listener would call the same give the same words. Case, punctuation,
/// figures against number words, contractions and spellings don't count; numbers are read digit by digit ("42", "forty-two" and "four two" alike).
/// </summary>
public static class SpokenWords
{
    private static readonly Dictionary<string, string> Marks = new()
    {
        ["&"] = " and ",
        ["%"] = " percent ",
        ["@"] = " at ",
        ["+"] = " plus ",
        ["#"] = " pound ",
        ["*"] = " star ",
    };

    /// <summary>Ways to write the same word: of two cultures, or of two habits.</summary>
    private static readonly Dictionary<string, string> Spellings = Pairs(
        "okay=ok o.k.=ok centre=center colour=color favour=favor favourite=favorite honour=honor labour=labor neighbour=neighbor behaviour=behavior " +
        "cheque=check programme=program cancelled=canceled cancelling=canceling cancellation=cancelation dialled=dialed dialling=dialing travelled=traveled " +
        "travelling=traveling labelled=labeled modelling=modeling catalogue=catalog dialogue=dialog grey=gray licence=license practise=practice " +
        "authorise=authorize authorised=authorized organise=organize organisation=organization recognise=recognize recognised=recognized apologise=apologize " +
        "mister=mr missus=mrs doctor=dr versus=vs alright=allright gonna=going_to wanna=want_to gotta=got_to cannot=can_not can't=can_not won't=will_not " +
        "shan't=shall_not let's=let_us alot=a_lot yup=yep mhm=mm hmm=hm uhm=um erm=um thanks=thanks til=until till=until thru=through tho=though");

    private static readonly Dictionary<string, string> Contractions = Pairs(
        "n't=_not 'm=_am 're=_are 've=_have 'll=_will");

    private static readonly HashSet<string> IsAfter = new("it that what there here where who how he she when this".Split(' '), StringComparer.Ordinal);

    /// <summary>Lower-case words, numbers as digit words.</summary>
    public static string[] Of(string text) => [.. SpokenNumbers.AsDigits(Tokens(text))];

    private static List<string> Tokens(string text)
    {
        var words = new List<string>();
        foreach (var token in Cleaned(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = token.Trim('\'');
            if (word.Length == 0)
                continue;
            var same = Spellings.GetValueOrDefault(word) ?? Expanded(word);
            words.AddRange(same.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Replace("'", "", StringComparison.Ordinal)));
        }
        return words;
    }

    private static string Expanded(string word)
    {
        foreach (var (ending, full) in Contractions)
        {
            if (word.Length > ending.Length && word.EndsWith(ending, StringComparison.Ordinal))
                return word[..^ending.Length] + full;
        }
        return word.EndsWith("'s", StringComparison.Ordinal) && IsAfter.Contains(word[..^2]) ? word[..^2] + "_is" : word;
    }

    /// <summary>Letters, digits and apostrophes stay; "p.m." becomes "pm", "1,000" becomes "1000", other marks become blanks.</summary>
    private static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        var lower = text.Replace('\u2019', '\'').ToLowerInvariant();
        for (var i = 0; i < lower.Length; i++)
        {
            var c = lower[i];
            if (char.IsLetterOrDigit(c) || c == '\'' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark)
                clean.Append(c);
            else if (Marks.TryGetValue(c.ToString(), out var word))
                clean.Append(word);
            else if (!IsInside(lower, i))
                clean.Append(' ');
        }
        return clean.ToString();
    }

    /// <summary>A comma inside a figure, or the full stops of an abbreviation: what is around them is one word.</summary>
    private static bool IsInside(string text, int at)
    {
        char At(int i) => i >= 0 && i < text.Length ? text[i] : ' ';
        if (text[at] == ',')
            return char.IsAsciiDigit(At(at - 1)) && char.IsAsciiDigit(At(at + 1)) && char.IsAsciiDigit(At(at + 2)) && char.IsAsciiDigit(At(at + 3)) && !char.IsAsciiDigit(At(at + 4));
        return text[at] == '.' && char.IsLetter(At(at - 1)) && !char.IsLetterOrDigit(At(at - 2))
            && ((char.IsLetter(At(at + 1)) && !char.IsLetterOrDigit(At(at + 2))) || At(at - 2) == '.');
    }

    private static Dictionary<string, string> Pairs(string table) =>
        table.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
