namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>How callers of a language say digits and spell. All in the form of <see cref="Intents.Utterance.Words"/>.</summary>
internal sealed class NumberWords
{
    private const string Spelling =
        "alpha=A alfa=A bravo=B charlie=C delta=D echo=E foxtrot=F golf=G hotel=H india=I juliett=J juliet=J kilo=K lima=L mike=M november=N oscar=O papa=P " +
        "quebec=Q romeo=R sierra=S tango=T uniform=U victor=V whiskey=W whisky=W xray=X yankee=Y zulu=Z";

    private static readonly Dictionary<string, string> NatoAlphabet = Table(Spelling);

    private static readonly Dictionary<string, NumberWords> ByLanguage = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "zero=0 oh=0 o=0 nought=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 " +
            "sixteen=16 seventeen=17 eighteen=18 nineteen=19",
            "twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90",
            "double=2 triple=3",
            "uh um er erm well so okay ok its it is my the number pin code and then that thats dash please"),
        ["de"] = new(
            "null=0 eins=1 ein=1 zwei=2 zwo=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12", "", "doppel=2",
            "äh ähm also ja die nummer ist lautet meine und dann bitte"),
        ["fr"] = new(
            "zéro=0 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16", "", "double=2 triple=3",
            "euh alors cest le la mon numéro est et puis"),
        ["es"] = new(
            "cero=0 uno=1 una=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15", "", "doble=2 triple=3",
            "eh este pues es el la mi número y luego"),
    };

    private static readonly NumberWords Unknown = new("", "", "", "");

    private readonly HashSet<string> _fillers;

    private NumberWords(string numbers, string tens, string repeats, string fillers)
    {
        (Numbers, Tens, Repeats) = (Table(numbers), Table(tens), Table(repeats));
        _fillers = [.. fillers.Split(' ')];
    }

    /// <summary>Words that are digits by themselves: four = 4, twelve = 12.</summary>
    public IReadOnlyDictionary<string, string> Numbers { get; }

    /// <summary>Words that a following digit is added to: twenty (four) = 24.</summary>
    public IReadOnlyDictionary<string, string> Tens { get; }

    /// <summary>Words that repeat the next digit: double four = 44.</summary>
    public IReadOnlyDictionary<string, string> Repeats { get; }

    /// <summary>For languages without words of their own, digits are still read.</summary>
    public static NumberWords For(string language) => ByLanguage.GetValueOrDefault(LanguageTag.Primary(language), Unknown);

    /// <summary>The letter that a word of the NATO alphabet stands for.</summary>
    public static string? Letter(string word) => NatoAlphabet.GetValueOrDefault(word);

    /// <summary>Words around a number that are none.</summary>
    public bool IsFiller(string word) => _fillers.Contains(word);

    private static Dictionary<string, string> Table(string pairs) => pairs
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
