using AsteriskVoiceAi.Calls.Slots.English;

namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>How values are said in a language: which types have a reader, and the readers. Thread-safe.</summary>
internal abstract class SlotLanguage
{
    private static readonly SlotLanguage Unknown = new NumeralSlots(null);

    private static readonly Dictionary<string, SlotLanguage> ByLanguage = new(StringComparer.Ordinal)
    {
        ["en"] = new EnglishSlots(),
        ["de"] = new NumeralSlots(Numerals.German),
        ["fr"] = new NumeralSlots(Numerals.French),
        ["es"] = new NumeralSlots(Numerals.Spanish),
    };

    /// <summary>Types that are read, in the order of <see cref="SlotTypes.Names"/>.</summary>
    public abstract IReadOnlyList<SlotType> Types { get; }

    /// <param name="locale">BCP 47 tag.</param>
    public static SlotLanguage For(string locale) => ByLanguage.GetValueOrDefault(LanguageTag.Primary(locale), Unknown);

    /// <param name="tokens">Of the <paramref name="text"/>; at least one.</param>
    public abstract SlotReading? Read(SlotQuestion question, List<Token> tokens, string text);
}
