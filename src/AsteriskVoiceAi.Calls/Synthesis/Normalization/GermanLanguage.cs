namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

internal sealed class GermanLanguage : SpokenLanguage
{
    private static readonly string[] Small =
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".Split(' ');

    private static readonly string[] Tens = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".Split(' ');

    /// <summary>Words after which a date stands in the dative or accusative: "am fünften Mai".</summary>
    private static readonly HashSet<string> Bending = ["am", "vom", "zum", "den", "dem", "bis", "ab", "seit", "nach", "vor"];

    private static readonly string[] Feminine = ["e", "ung", "heit", "keit", "schaft", "ion", "Person", "Nachricht"];

    public override IReadOnlyList<string> Digits => Small[..10];

    public override IReadOnlyList<string> Months { get; } = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".Split(' ');

    public override SymbolWords Symbols { get; } = new("ät", "Punkt", "Strich", "Unterstrich", "Schrägstrich", "plus", "und", "Prozent", "Komma", "minus", "Raute", "Stern", "bis");

    public override IReadOnlyDictionary<string, CurrencyWords> Currencies { get; } = new Dictionary<string, CurrencyWords>
    {
        ["USD"] = new("Dollar", "Dollar", "Cent", "Cent"),
        ["EUR"] = new("Euro", "Euro", "Cent", "Cent"),
        ["GBP"] = new("Pfund", "Pfund", "Penny", "Pence"),
        ["CHF"] = new("Franken", "Franken", "Rappen", "Rappen"),
        ["JPY"] = new("Yen", "Yen", "Sen", "Sen"),
    };

    public override IReadOnlyList<Abbreviation> Abbreviations { get; } =
    [
        .. Abbreviation.Table(AbbreviationPlace.BeforeName, "Hr.=Herr|Hrn.=Herrn|Dr.=Doktor|Prof.=Professor|St.=Sankt"),
        .. Abbreviation.Table(AbbreviationPlace.BeforeNumber, "Nr.=Nummer|Tel.=Telefon|Art.=Artikel|S.=Seite"),
        .. Abbreviation.Table(AbbreviationPlace.MayEndSentence, "usw.=und so weiter|etc.=et cetera|Str.=Straße|u. a.=unter anderem|u.a.=unter anderem"),
        .. Abbreviation.Table(AbbreviationPlace.Anywhere, "z. B.=zum Beispiel|z.B.=zum Beispiel|d. h.=das heißt|d.h.=das heißt|bzw.=beziehungsweise|ca.=circa|inkl.=inklusive|zzgl.=zuzüglich|evtl.=eventuell|ggf.=gegebenenfalls|Tel.=Telefon|Abt.=Abteilung|MwSt.=Mehrwertsteuer"),
    ];

    public override char DecimalMark => ',';

    public override string GroupMarks => ".";

    public override string DateMarks => "./";

    public override string NamedDate => $@"(?:(?<d>[0-9]{{1,2}})\. )?(?<m>{string.Join('|', Months)}|Jänner)(?: (?<y>[0-9]{{4}}))?";

    public override string Time => @"(?<h>[0-9]{1,2})[:.](?<mi>[0-9]{2}) Uhr|(?<h>[0-9]{1,2}):(?<mi>[0-9]{2})|(?<h>[0-9]{1,2}) Uhr";

    public override string OrdinalFigure => @"(?<n>[0-9]+)(?:te|ter|ten|ste|ster|sten)";

    public override string Telephone => @"0[0-9]+(?:[ /-][0-9]+)+|\(0[0-9]+\) ?[0-9]+(?:[ -][0-9]+)*";

    public override string WordsBeforeYear => "jahr jahre seit ende anfang mitte";

    public override string Cardinal(long number, NumberForm form = NumberForm.Alone)
    {
        if (number >= 1_000_000_000)
            return Above(number, 1_000_000_000, "Milliarde", "Milliarden", form);
        if (number >= 1_000_000)
            return Above(number, 1_000_000, "Million", "Millionen", form);
        var words = BelowMillion(number);
        // Numbers end in "eins" on their own and lose it before what they count: "ein Euro", "einhundertein Euro", "eine Minute".
        return form != NumberForm.Alone && number % 100 == 1 ? words[..^1] + (form == NumberForm.Feminine ? "e" : "") : words;
    }

    /// <summary>Nouns have a capital; most in -e, -ung, -heit, -keit, -schaft and -ion are feminine.</summary>
    public override NumberForm FormBefore(string word) =>
        word.Length == 0 || !char.IsUpper(word[0]) ? NumberForm.Alone
        : Feminine.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)) ? NumberForm.Feminine
        : NumberForm.Masculine;

    public override string Ordinal(long number) => Stem(number) + "e";

    public override string Year(int year) =>
        year is >= 1100 and < 2000 ? BelowHundred(year / 100) + "hundert" + (year % 100 == 0 ? "" : BelowHundred(year % 100)) : Cardinal(year);

    public override string SayDate(CalendarDate date, string before)
    {
        var day = date.Day is { } d ? Stem(d) + (before == "der" ? "e " : Bending.Contains(before) ? "en " : "er ") : "";
        var month = date.Month is { } m ? Months[m - 1] + " " : "";
        return (day + month + (date.Year is { } y ? Year(y) : "")).TrimEnd();
    }

    public override string SayTime(ClockTime time)
    {
        var hour = time.HourOfDay == 1 ? "ein" : Cardinal(time.HourOfDay == 0 && time.Hour == 24 ? 24 : time.HourOfDay);
        return $"{hour} Uhr" + (time.Minute == 0 ? "" : " " + Cardinal(time.Minute));
    }

    private string Above(long number, long scale, string one, string many, NumberForm form)
    {
        var count = number / scale;
        var rest = number % scale;
        return (count == 1 ? "eine " + one : $"{Cardinal(count, NumberForm.Feminine)} {many}") + (rest == 0 ? "" : " " + Cardinal(rest, form));
    }

    private static string BelowMillion(long number)
    {
        if (number < 100)
            return BelowHundred(number);
        var (scale, word) = number < 1000 ? (100L, "hundert") : (1000L, "tausend");
        var count = number / scale;
        var rest = number % scale;
        // In front of hundert and tausend "eins" is "ein".
        var left = BelowMillion(count);
        return (count % 100 == 1 ? left[..^1] : left) + word + (rest == 0 ? "" : BelowMillion(rest));
    }

    private static string BelowHundred(long number)
    {
        if (number < 20)
            return Small[number];
        var ones = number % 10;
        return (ones == 0 ? "" : (ones == 1 ? "ein" : Small[ones]) + "und") + Tens[number / 10];
    }

    /// <summary>The ordinal without its ending: "fünft".</summary>
    private string Stem(long number)
    {
        var last = number % 100;
        var whole = Cardinal(number);
        return last switch
        {
            1 => whole[..^4] + "erst",
            3 => whole[..^4] + "dritt",
            7 => whole[..^2] + "t",
            8 => whole,
            > 0 and < 20 => whole + "t",
            _ => whole + "st",
        };
    }
}
