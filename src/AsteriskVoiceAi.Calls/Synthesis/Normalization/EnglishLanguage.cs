namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>English of both sides of the Atlantic: dates, "and" in numbers, and the name of the key # differ.</summary>
internal sealed class EnglishLanguage(bool isBritish) : SpokenLanguage
{
    private const string MonthPattern =
        @"January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.";

    private static readonly string[] Small =
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".Split(' ');

    private static readonly string[] Tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".Split(' ');

    private static readonly (long Value, string Word)[] Scales = [(1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand")];

    private static readonly Dictionary<string, string> IrregularOrdinals = new()
    {
        ["one"] = "first",
        ["two"] = "second",
        ["three"] = "third",
        ["five"] = "fifth",
        ["eight"] = "eighth",
        ["nine"] = "ninth",
        ["twelve"] = "twelfth",
    };

    public override IReadOnlyList<string> Digits => Small[..10];

    public override IReadOnlyList<string> Months { get; } = "January February March April May June July August September October November December".Split(' ');

    public override SymbolWords Symbols { get; } =
        new("at", "dot", "dash", "underscore", "slash", "plus", "and", "percent", "point", "minus", isBritish ? "hash" : "pound", "star", "to");

    public override IReadOnlyDictionary<string, CurrencyWords> Currencies { get; } = new Dictionary<string, CurrencyWords>
    {
        ["USD"] = new("dollar", "dollars", "cent", "cents"),
        ["EUR"] = new("euro", "euros", "cent", "cents"),
        ["GBP"] = new("pound", "pounds", "penny", "pence"),
        ["CHF"] = new("Swiss franc", "Swiss francs", "centime", "centimes"),
        ["JPY"] = new("yen", "yen", "sen", "sen"),
    };

    public override IReadOnlyList<Abbreviation> Abbreviations { get; } =
    [
        .. Abbreviation.Table(AbbreviationPlace.BeforeName, "Mr.=Mister|Mrs.=Missus|Ms.=Miz|Dr.=Doctor|Prof.=Professor|Mr=Mister|Mrs=Missus|Ms=Miz|Dr=Doctor"),
        new("St.", "Saint", AbbreviationPlace.BeforeNameOnly),
        .. Abbreviation.Table(AbbreviationPlace.BeforeNumber, "#=number|No.=number|no.=number|Nos.=numbers|ext.=extension|Ext.=extension|Apt.=apartment|apt.=apartment|Fl.=floor|p.=page"),
        .. Abbreviation.Table(AbbreviationPlace.MayEndSentence, "St.=Street|Ave.=Avenue|Rd.=Road|Blvd.=Boulevard|Inc.=Incorporated|Ltd.=Limited|Jr.=Junior|Sr.=Senior|etc.=et cetera|a.m.=A M|p.m.=P M"),
        .. Abbreviation.Table(AbbreviationPlace.Anywhere, "e.g.=for example|i.e.=that is|vs.=versus|approx.=approximately|incl.=including|dept.=department|Dept.=Department|appt.=appointment|tel.=telephone|Tel.=telephone|w/o=without"),
        .. Abbreviation.Table(AbbreviationPlace.Anywhere, "Mon.=Monday|Tue.=Tuesday|Tues.=Tuesday|Wed.=Wednesday|Thu.=Thursday|Thurs.=Thursday|Fri.=Friday"),
    ];

    public override char DecimalMark => '.';

    public override string GroupMarks => ",";

    public override bool IsMonthFirst => !isBritish;

    public override string DateMarks => "/";

    public override string NamedDate =>
        $@"(?<d>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?<m>{MonthPattern})(?:,? (?<y>[0-9]{{4}}))?|(?<m>{MonthPattern})(?: (?<d>[0-9]{{1,2}})(?:st|nd|rd|th)?)?(?:,? (?<y>[0-9]{{4}}))?";

    public override string Time => @"(?<h>[0-9]{1,2}):(?<mi>[0-9]{2})(?: ?(?<half>[AaPp]\.?[Mm]\b\.?))?|(?<h>[0-9]{1,2}) ?(?<half>[AaPp]\.?[Mm]\b\.?)";

    public override string OrdinalFigure => "(?<n>[0-9]+)(?:st|nd|rd|th)";

    public override string Telephone => @"[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}|[0-9]{3}-[0-9]{4}|\([0-9]{3}\) ?[0-9]{3}[- ][0-9]{4}";

    public override string WordsBeforeYear => "in since until by from of year before after";

    public override string Cardinal(long number, NumberForm form = NumberForm.Alone)
    {
        foreach (var (value, word) in Scales)
        {
            if (number < value)
                continue;
            var rest = number % value;
            return $"{Cardinal(number / value)} {word}" + (rest == 0 ? "" : (isBritish && rest < 100 ? " and " : " ") + Cardinal(rest));
        }
        if (number >= 100)
            return $"{Small[number / 100]} hundred" + (number % 100 == 0 ? "" : (isBritish ? " and " : " ") + Cardinal(number % 100));
        if (number < 20)
            return Small[number];
        return Tens[number / 10] + (number % 10 == 0 ? "" : "-" + Small[number % 10]);
    }

    public override string Ordinal(long number)
    {
        var cardinal = Cardinal(number);
        var last = cardinal.LastIndexOfAny([' ', '-']) + 1;
        var word = cardinal[last..];
        return cardinal[..last] + (IrregularOrdinals.GetValueOrDefault(word) ?? (word.EndsWith('y') ? word[..^1] + "ieth" : word + "th"));
    }

    /// <summary>1999 "nineteen ninety-nine", 1905 "nineteen oh five", 2005 "two thousand five", 2026 "twenty twenty-six".</summary>
    public override string Year(int year)
    {
        if (year is < 1100 or > 2099 or (>= 2000 and < 2010))
            return Cardinal(year);
        var rest = year % 100;
        return $"{Cardinal(year / 100)} {(rest == 0 ? "hundred" : rest < 10 ? "oh " + Small[rest] : Cardinal(rest))}";
    }

    public override string SayDate(CalendarDate date, string before)
    {
        var year = date.Year is { } y ? Year(y) : "";
        if (date.Month is not { } month)
            return year;
        var name = Months[month - 1];
        if (date.Day is not { } day)
            return $"{name} {year}".TrimEnd();
        if (!isBritish)
            return $"{name} {Ordinal(day)}" + (year.Length > 0 ? ", " + year : "");
        return $"{(before == "the" ? "" : "the ")}{Ordinal(day)} of {name} {year}".TrimEnd();
    }

    public override string SayTime(ClockTime time)
    {
        // What is written by 24 hours is said by 12, with the half: "17:45" is "five forty-five P M".
        var half = time.Half ?? (time.Hour is 0 or > 12 ? (time.HourOfDay < 12 ? 'a' : 'p') : null);
        var hour = Small[(time.HourOfDay + 11) % 12 + 1];
        var minute = time.Minute switch
        {
            0 => half is null ? " o'clock" : "",
            < 10 => " oh " + Small[time.Minute],
            _ => " " + Cardinal(time.Minute),
        };
        return hour + minute + half switch { 'a' => " A M", 'p' => " P M", _ => "" };
    }
}
