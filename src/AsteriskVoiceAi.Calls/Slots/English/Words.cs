namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Words of English answers that several readers need.</summary>
internal static class Words
{
    public static readonly Dictionary<string, int> Units = new(
        Table("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 0, 1), StringComparer.Ordinal)
    {
        // By radio.
        ["niner"] = 9,
    };

    public static readonly Dictionary<string, int> Tens = new(Table("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10), StringComparer.Ordinal) { ["fourty"] = 40 };

    public static readonly Dictionary<string, int> Ordinals = new(
        Table("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth", 1, 1), StringComparer.Ordinal)
    {
        ["thirtieth"] = 30,
    };

    public static readonly Dictionary<string, int> Repeats = new(StringComparer.Ordinal) { ["double"] = 2, ["triple"] = 3, ["treble"] = 3, ["quadruple"] = 4 };

    /// <summary>Hesitation and politeness, which may stand anywhere.</summary>
    public static readonly HashSet<string> Fillers = Set("um uh er erm ah hmm mm well so okay ok yeah yes yep please thanks thank right like just then and that's thats it's its it is the sure alright hi hello now");

    /// <summary>Words that lead up to a number or code, or follow it.</summary>
    public static readonly HashSet<string> Carriers = Set(
        "my our a an i i'm let let's me see have got think believe this that was would be for on of in at to number numbers no account customer reference ref code pin order booking tracking card member membership policy invoice ticket case "
        + "phone mobile telephone cell home work contact call me you can reach back area digits digit last four ends ending with begins starts starting first postcode post zip plate registration license licence license "
        + "confirmation serial id identification parcel here there here's there's name says say should looks maybe probably one's called can try use took yours mine his her hers their reg landline surname");

    /// <summary>How many words an answer has that do not lead up to a value or come from politeness: many make a sentence about something else.</summary>
    public static int Strangers(IReadOnlyList<Token> tokens) =>
        tokens.Count(token => token.Kind == TokenKind.Word && !Fillers.Contains(token.Text) && !Carriers.Contains(token.Text) && !IsZero(token.Text) && !Units.ContainsKey(token.Text) && !Tens.ContainsKey(token.Text) && !Ordinals.ContainsKey(token.Text));

    /// <summary>Not a number although it begins like one: "one moment please".</summary>
    private static readonly string[] Waits = ["moment", "second", "sec", "minute", "min", "minutes", "seconds", "secs", "tick", "mo"];

    private static readonly string[] Contracted = ["'d", "'ll", "'ve", "'re", "n't"];

    public static bool IsZero(string word) => word is "zero" or "oh" or "o" or "nought" or "naught" or "nil" or "ought";

    /// <summary>"I'd", "we'll", "don't": they make a sentence, and no name.</summary>
    public static bool IsContraction(string word) => word is "i'm" || (word.Length > 2 && Contracted.Any(end => word.EndsWith(end, StringComparison.Ordinal)));

    /// <summary>"One moment", "just a second", "hold on": the caller asks for time and tells no value.</summary>
    public static bool AsksForTime(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Text is "one" or "a" or "two" or "1" or "just" or "half" && Waits.Contains(tokens.WordAt(i + 1)) && tokens.Count <= 8)
                return true;
        }
        return false;
    }

    /// <summary>A single digit said as a word, or misheard as another.</summary>
    public static int? Digit(string word) => IsZero(word) ? 0 : Units.TryGetValue(word, out var value) && value < 10 ? value : null;

    /// <summary>Words that sound like a digit; only among digits they are one.</summary>
    public static int? SoundsLikeDigit(string word) => word switch
    {
        "to" or "too" => 2,
        "for" or "fore" => 4,
        "ate" => 8,
        "won" => 1,
        "tree" or "free" => 3,
        "nein" => 9,
        "sex" => 6,
        _ => null,
    };

    private static Dictionary<string, int> Table(string words, int first, int step) =>
        words.Split(' ').Select((word, i) => (word, first + (i * step))).ToDictionary(pair => pair.word, pair => pair.Item2, StringComparer.Ordinal);

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
