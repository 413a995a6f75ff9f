namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

internal sealed class FrenchLanguage : SpokenLanguage
{
    private static readonly string[] Small =
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".Split(' ');

    private static readonly string[] Tens = "- - vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".Split(' ');

    private static readonly HashSet<string> FeminineUnits = ["heure", "heures", "minute", "minutes", "seconde", "secondes", "semaine", "semaines", "année", "années", "personne", "personnes", "fois", "livre", "livres"];

    public override IReadOnlyList<string> Digits => Small[..10];

    public override IReadOnlyList<string> Months { get; } = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".Split(' ');

    public override SymbolWords Symbols { get; } = new("arobase", "point", "tiret", "tiret bas", "barre oblique", "plus", "et", "pour cent", "virgule", "moins", "dièse", "étoile", "à");

    public override IReadOnlyDictionary<string, CurrencyWords> Currencies { get; } = new Dictionary<string, CurrencyWords>
    {
        ["USD"] = new("dollar", "dollars", "cent", "cents"),
        ["EUR"] = new("euro", "euros", "centime", "centimes"),
        ["GBP"] = new("livre", "livres", "penny", "pence") { IsFeminine = true },
        ["CHF"] = new("franc suisse", "francs suisses", "centime", "centimes"),
        ["JPY"] = new("yen", "yens", "sen", "sen"),
    };

    public override IReadOnlyList<Abbreviation> Abbreviations { get; } =
    [
        .. Abbreviation.Table(AbbreviationPlace.BeforeName, "M.=Monsieur|MM.=Messieurs|Mme=Madame|Mmes=Mesdames|Mlle=Mademoiselle|Dr=Docteur|Pr=Professeur|St=Saint|Ste=Sainte"),
        .. Abbreviation.Table(AbbreviationPlace.BeforeNumber, "n°=numéro|N°=numéro|nº=numéro|tél.=téléphone|Tél.=téléphone|p.=page"),
        .. Abbreviation.Table(AbbreviationPlace.MayEndSentence, "etc.=et cetera|av.=avenue|bd=boulevard"),
        .. Abbreviation.Table(AbbreviationPlace.Anywhere, "p. ex.=par exemple|p.ex.=par exemple|c.-à-d.=c'est-à-dire|env.=environ|RDV=rendez-vous|rdv=rendez-vous|SVP=s'il vous plaît|svp=s'il vous plaît|tél.=téléphone|Tél.=téléphone"),
    ];

    public override char DecimalMark => ',';

    public override string GroupMarks => " ";

    public override string DateMarks => "/.";

    public override string NamedDate => $@"(?:(?<d>[0-9]{{1,2}}|1er) )?(?<m>{string.Join('|', Months)})(?: (?<y>[0-9]{{4}}))?";

    public override string Time => "(?<h>[0-9]{1,2})(?::| ?h ?)(?<mi>[0-9]{2})|(?<h>[0-9]{1,2}) ?h\\b";

    public override string OrdinalFigure => "(?<n>1)(?:er|re)|(?<n>[0-9]+)(?:e|ème)";

    public override string Telephone => "0[0-9](?:[ .-][0-9]{2})+|0[0-9]{3}(?: [0-9]{2,3})+";

    public override string Cardinal(long number, NumberForm form = NumberForm.Alone)
    {
        if (number >= 1_000_000)
        {
            var (scale, word) = number >= 1_000_000_000 ? (1_000_000_000L, "milliard") : (1_000_000L, "million");
            var (count, rest) = (number / scale, number % scale);
            return $"{BelowThousand(count, NumberForm.Masculine, isLast: true)} {word}{(count > 1 ? "s" : "")}" + (rest == 0 ? "" : " " + Cardinal(rest, form));
        }
        if (number < 1000)
            return BelowThousand(number, form, isLast: true);
        var thousands = number / 1000 == 1 ? "mille" : BelowThousand(number / 1000, NumberForm.Masculine, isLast: false) + " mille";
        return thousands + (number % 1000 == 0 ? "" : " " + BelowThousand(number % 1000, form, isLast: true));
    }

    public override NumberForm FormBefore(string word) => FeminineUnits.Contains(word) ? NumberForm.Feminine : NumberForm.Alone;

    public override string Ordinal(long number)
    {
        if (number == 1)
            return "premier";
        var cardinal = Cardinal(number);
        if (cardinal.EndsWith("vingts", StringComparison.Ordinal) || cardinal.EndsWith("cents", StringComparison.Ordinal) || cardinal.EndsWith("llions", StringComparison.Ordinal))
            cardinal = cardinal[..^1];
        return cardinal[^1] switch
        {
            'e' => cardinal[..^1] + "ième",
            'q' => cardinal + "uième",
            'f' => cardinal[..^1] + "vième",
            _ => cardinal + "ième",
        };
    }

    public override string SayDate(CalendarDate date, string before)
    {
        var day = date.Day is { } d ? (d == 1 ? "premier " : Cardinal(d) + " ") : "";
        var month = date.Month is { } m ? Months[m - 1] + " " : "";
        return (day + month + (date.Year is { } y ? Year(y) : "")).TrimEnd();
    }

    public override string SayTime(ClockTime time)
    {
        var hour = time.HourOfDay switch
        {
            0 => "minuit",
            12 => "midi",
            1 => "une heure",
            var h => Cardinal(h, NumberForm.Feminine) + " heures",
        };
        return hour + (time.Minute == 0 ? "" : " " + Cardinal(time.Minute, NumberForm.Feminine));
    }

    protected override string OfMillions(CurrencyWords currency) => currency.Many[0] == 'e' ? " d'" : " de ";

    /// <param name="isLast">Whether nothing follows: then "cents" and "quatre-vingts" have their s.</param>
    private static string BelowThousand(long number, NumberForm form, bool isLast)
    {
        var (hundreds, rest) = (number / 100, number % 100);
        var left = hundreds switch
        {
            0 => "",
            1 => "cent",
            _ => $"{Small[hundreds]} cent{(rest == 0 && isLast ? "s" : "")}",
        };
        if (rest == 0 && hundreds > 0)
            return left;
        return (left.Length > 0 ? left + " " : "") + BelowHundred(rest, form, isLast);
    }

    private static string BelowHundred(long number, NumberForm form, bool isLast)
    {
        string One(string words) => form == NumberForm.Feminine && words.EndsWith("un", StringComparison.Ordinal) ? words + "e" : words;
        if (number < 20)
            return One(Small[number]);
        if (number == 80)
            return "quatre-vingt" + (isLast ? "s" : "");
        // Seventies and nineties count on from ten: soixante-dix, quatre-vingt-dix.
        var tens = number / 10;
        var ones = tens is 7 or 9 ? number - ((tens - 1) * 10) : number % 10;
        if (ones == 0)
            return Tens[tens];
        var joint = ones is 1 or 11 && tens < 8 ? " et " : "-";
        return One(Tens[tens] + joint + Small[ones]);
    }
}
