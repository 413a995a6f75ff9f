namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

internal sealed class SpanishLanguage : SpokenLanguage
{
    private static readonly string[] Small =
        ("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve " +
        "veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve").Split(' ');

    private static readonly string[] Tens = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa".Split(' ');

    private static readonly string[] Hundreds = "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".Split(' ');

    private static readonly string[] Ordinals =
        "- primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo decimotercero decimocuarto decimoquinto decimosexto decimoséptimo decimoctavo decimonoveno".Split(' ');

    private static readonly string[] TensOrdinals = "- - vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo nonagésimo".Split(' ');

    private static readonly HashSet<string> MasculineUnits =
        ["minuto", "minutos", "segundo", "segundos", "día", "días", "mes", "meses", "año", "años", "euro", "euros", "mensaje", "mensajes", "pedido", "pedidos", "paquete", "paquetes", "artículo", "artículos"];

    private static readonly HashSet<string> FeminineUnits = ["hora", "horas", "semana", "semanas", "persona", "personas", "llamada", "llamadas", "vez", "veces", "libra", "libras", "unidad", "unidades"];

    public override IReadOnlyList<string> Digits => Small[..10];

    public override IReadOnlyList<string> Months { get; } = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".Split(' ');

    public override SymbolWords Symbols { get; } = new("arroba", "punto", "guion", "guion bajo", "barra", "más", "y", "por ciento", "coma", "menos", "almohadilla", "asterisco", "a");

    public override IReadOnlyDictionary<string, CurrencyWords> Currencies { get; } = new Dictionary<string, CurrencyWords>
    {
        ["USD"] = new("dólar", "dólares", "centavo", "centavos"),
        ["EUR"] = new("euro", "euros", "céntimo", "céntimos"),
        ["GBP"] = new("libra", "libras", "penique", "peniques") { IsFeminine = true },
        ["CHF"] = new("franco suizo", "francos suizos", "céntimo", "céntimos"),
        ["JPY"] = new("yen", "yenes", "sen", "sen"),
    };

    public override IReadOnlyList<Abbreviation> Abbreviations { get; } =
    [
        .. Abbreviation.Table(AbbreviationPlace.BeforeName, "Sr.=señor|Sra.=señora|Srta.=señorita|Sres.=señores|Dr.=doctor|Dra.=doctora|D.=don|Dña.=doña|Prof.=profesor|Sta.=Santa|Sto.=Santo|C/=calle"),
        .. Abbreviation.Table(AbbreviationPlace.BeforeNumber, "n.º=número|N.º=número|nº=número|Nº=número|núm.=número|Núm.=número|pág.=página|ext.=extensión|Ext.=extensión"),
        .. Abbreviation.Table(AbbreviationPlace.MayEndSentence, "etc.=etcétera|Ud.=usted|Uds.=ustedes|Vd.=usted|a. m.=de la mañana|a.m.=de la mañana|p. m.=de la tarde|p.m.=de la tarde"),
        .. Abbreviation.Table(AbbreviationPlace.Anywhere, "p. ej.=por ejemplo|p.ej.=por ejemplo|Avda.=avenida|Av.=avenida|Tel.=teléfono|tel.=teléfono|tfno.=teléfono|aprox.=aproximadamente|dpto.=departamento|Dpto.=departamento"),
    ];

    public override char DecimalMark => ',';

    public override string GroupMarks => ".";

    public override string DateMarks => "/";

    public override string NamedDate => $@"(?:(?<d>[0-9]{{1,2}}|1\.?º) de )?(?<m>{string.Join('|', Months)})(?: del? (?<y>[0-9]{{4}}))?";

    public override string Time => @"(?<h>[0-9]{1,2}):(?<mi>[0-9]{2})(?: ?h\b)?(?: ?(?<half>[AaPp]\. ?[Mm]\.|[AaPp][Mm]\b))?";

    public override string OrdinalFigure => @"(?<n>[0-9]+)\.?(?<f>[ºª])";

    public override string Telephone => "[0-9]{2,3}(?: [0-9]{2,3})(?: [0-9]{2,3})(?: [0-9]{2,3})*";

    public override string Cardinal(long number, NumberForm form = NumberForm.Alone)
    {
        if (number >= 1_000_000)
        {
            // There is no word for 10^9 in use: mil millones.
            var rest = number % 1_000_000;
            var millions = number / 1_000_000 == 1 ? "un millón" : Cardinal(number / 1_000_000, NumberForm.Masculine) + " millones";
            return millions + (rest == 0 ? "" : " " + Cardinal(rest, form));
        }
        if (number >= 1000)
        {
            var thousands = number / 1000 == 1 ? "mil" : BelowThousand(number / 1000, form == NumberForm.Feminine ? form : NumberForm.Masculine) + " mil";
            return thousands + (number % 1000 == 0 ? "" : " " + BelowThousand(number % 1000, form));
        }
        return BelowThousand(number, form);
    }

    public override NumberForm FormBefore(string word) =>
        MasculineUnits.Contains(word) ? NumberForm.Masculine : FeminineUnits.Contains(word) ? NumberForm.Feminine : NumberForm.Alone;

    public override string Ordinal(long number) => number switch
    {
        <= 0 or > 99 => Cardinal(number),
        < 20 => Ordinals[number],
        _ => TensOrdinals[number / 10] + (number % 10 == 0 ? "" : " " + Ordinals[number % 10]),
    };

    public override string SayDate(CalendarDate date, string before)
    {
        List<string> parts = [];
        if (date.Day is { } day)
            parts.Add(day == 1 ? "primero" : Cardinal(day));
        if (date.Month is { } month)
            parts.Add(Months[month - 1]);
        if (date.Year is { } year)
            parts.Add(Year(year));
        return string.Join(" de ", parts);
    }

    public override string SayTime(ClockTime time)
    {
        var hour = Cardinal(time.Half is null ? time.HourOfDay : (time.HourOfDay + 11) % 12 + 1, NumberForm.Feminine);
        var minute = time.Minute switch
        {
            0 => time.Half is null ? " en punto" : "",
            < 10 => " cero " + Small[time.Minute],
            _ => " " + Cardinal(time.Minute),
        };
        return hour + minute + (time.Half, time.HourOfDay) switch
        {
            (null, _) => "",
            ('a', _) => " de la mañana",
            (_, >= 20) => " de la noche",
            _ => " de la tarde",
        };
    }

    protected override string BetweenUnits => "con";

    protected override string OfMillions(CurrencyWords currency) => " de ";

    private static string BelowThousand(long number, NumberForm form)
    {
        if (number == 100)
            return "cien";
        if (number > 100)
        {
            var hundreds = Hundreds[number / 100];
            if (form == NumberForm.Feminine && number >= 200)
                hundreds = hundreds[..^2] + "as";
            return hundreds + (number % 100 == 0 ? "" : " " + BelowThousand(number % 100, form));
        }
        var words = number < 30 ? Small[number] : Tens[number / 10] + (number % 10 == 0 ? "" : " y " + Small[number % 10]);
        if (form == NumberForm.Alone || number % 10 != 1 || number == 11)
            return words;
        return form == NumberForm.Feminine ? words[..^1] + "a" : number == 21 ? "veintiún" : words[..^1];
    }
}
