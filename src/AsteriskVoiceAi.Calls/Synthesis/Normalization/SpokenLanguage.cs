namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>
/// How one language says numbers, money, dates and times, and how it writes them. The words are here because the service runs without ICU,
/// and .NET gives no number words even with it. Immutable.
/// </summary>
internal abstract class SpokenLanguage
{
    private static readonly SpokenLanguage American = new EnglishLanguage(isBritish: false);
    private static readonly SpokenLanguage British = new EnglishLanguage(isBritish: true);
    private static readonly SpokenLanguage German = new GermanLanguage();
    private static readonly SpokenLanguage Spanish = new SpanishLanguage();
    private static readonly SpokenLanguage French = new FrenchLanguage();

    private readonly Lazy<TextRules> _rules;

    protected SpokenLanguage() => _rules = new(() => new TextRules(this));

    /// <summary>Finds what has to be said in other words.</summary>
    public TextRules Rules => _rules.Value;

    /// <summary>"zero" to "nine".</summary>
    public abstract IReadOnlyList<string> Digits { get; }

    /// <summary>January to December.</summary>
    public abstract IReadOnlyList<string> Months { get; }

    public abstract SymbolWords Symbols { get; }

    /// <summary>By ISO 4217 code.</summary>
    public abstract IReadOnlyDictionary<string, CurrencyWords> Currencies { get; }

    public abstract IReadOnlyList<Abbreviation> Abbreviations { get; }

    public abstract char DecimalMark { get; }

    /// <summary>Marks between groups of three digits.</summary>
    public abstract string GroupMarks { get; }

    /// <summary>Whether 11/25 is in November.</summary>
    public virtual bool IsMonthFirst => false;

    /// <summary>Marks in a date of figures.</summary>
    public abstract string DateMarks { get; }

    /// <summary>Pattern of a date with the month's name: groups d, m, y. May match a month alone.</summary>
    public abstract string NamedDate { get; }

    /// <summary>Pattern of a time: groups h, mi, half.</summary>
    public abstract string Time { get; }

    /// <summary>Pattern of an ordinal in figures: group n.</summary>
    public abstract string OrdinalFigure { get; }

    /// <summary>Pattern of telephone numbers that this language writes in a way of its own.</summary>
    public abstract string Telephone { get; }

    /// <summary>Words after which a number of four digits is a year.</summary>
    public virtual string WordsBeforeYear => "";

    /// <summary>Words for the language of a tag; null = there are none, and its texts stay as they are.</summary>
    public static SpokenLanguage? For(string tag) => LanguageTag.Primary(tag) switch
    {
        "en" => Region(tag) is "" or "US" or "CA" or "PH" or "PR" ? American : British,
        "de" => German,
        "es" => Spanish,
        "fr" => French,
        _ => null,
    };

    /// <param name="number">0 to 999,999,999,999.</param>
    public abstract string Cardinal(long number, NumberForm form = NumberForm.Alone);

    /// <summary>The form of a number before this word; alone where the word tells nothing.</summary>
    public virtual NumberForm FormBefore(string word) => NumberForm.Alone;

    /// <param name="number">From 0.</param>
    public abstract string Ordinal(long number);

    public virtual string Year(int year) => Cardinal(year);

    /// <param name="date">A valid one.</param>
    /// <param name="before">The word before it, in lower case; it decides about endings and articles.</param>
    public abstract string SayDate(CalendarDate date, string before);

    /// <param name="time">A valid one.</param>
    public abstract string SayTime(ClockTime time);

    /// <summary>Words for an amount.</summary>
    /// <param name="hundredths">0 to 99.</param>
    public string SayMoney(long whole, int hundredths, CurrencyWords currency)
    {
        var form = currency.IsFeminine ? NumberForm.Feminine : NumberForm.Masculine;
        var of = whole > 0 && whole % 1_000_000 == 0 ? OfMillions(currency) : " ";
        var units = $"{Cardinal(whole, form)}{of}{(whole == 1 ? currency.One : currency.Many)}";
        if (hundredths == 0)
            return units;
        var parts = $"{Cardinal(hundredths, NumberForm.Masculine)} {(hundredths == 1 ? currency.PartOne : currency.PartMany)}";
        return whole == 0 ? parts : $"{units} {BetweenUnits} {parts}";
    }

    /// <summary>Between units and hundredths.</summary>
    protected virtual string BetweenUnits => Symbols.And;

    /// <summary>"a million of euros", in languages that say so; with the blanks around it.</summary>
    protected virtual string OfMillions(CurrencyWords currency) => " ";

    private static string Region(string tag)
    {
        var parts = tag.Split('-', '_');
        return parts.Length == 1 ? "" : parts[^1].ToUpperInvariant();
    }
}
