using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Tests.Slots;

internal sealed class OtherLanguagesTests
{
    [TestCase("de-DE", SlotType.Digits, "vier eins fünf zwo", "4152")]
    [TestCase("de-DE", SlotType.Digits, "Meine Kundennummer ist 41 52.", "4152")]
    [TestCase("de-DE", SlotType.Digits, "dreiundzwanzig siebzehn", "2317")]
    [TestCase("de-DE", SlotType.Digits, "doppel vier null einundneunzig", "44091")]
    [TestCase("de-DE", SlotType.Digits, "hundert vier", null)]
    [TestCase("de-DE", SlotType.Digits, "einen Moment bitte", null)]
    [TestCase("de-DE", SlotType.Phone, "null drei null, eins zwei drei vier fünf sechs", "030123456")]
    [TestCase("de-DE", SlotType.Phone, "vier fünf", null)]
    [TestCase("de-DE", SlotType.Number, "zweiundvierzig", "42")]
    [TestCase("de-DE", SlotType.Number, "zwei drei", null)]
    [TestCase("de-DE", SlotType.YesNo, "ja bitte", "yes")]
    [TestCase("de-DE", SlotType.Date, "morgen", null)]
    [TestCase("es-ES", SlotType.Digits, "veintidós treinta y cinco cero siete", "223507")]
    [TestCase("es-ES", SlotType.Digits, "doble cuatro nueve, por favor", "449")]
    [TestCase("es-ES", SlotType.Number, "dieciséis", "16")]
    [TestCase("es-ES", SlotType.YesNo, "no gracias", "no")]
    [TestCase("fr-FR", SlotType.Digits, "quatre-vingt-dix-sept soixante et onze", "9771")]
    [TestCase("fr-FR", SlotType.Phone, "zéro un, quarante-deux, soixante-dix, quatre-vingts, dix-sept", "0142708017")]
    [TestCase("fr-FR", SlotType.Number, "vingt et un", "21")]
    [TestCase("fr-FR", SlotType.Digits, "un instant", null)]
    [TestCase("sv-SE", SlotType.Digits, "fyra ett", null)]
    public void Value_is_read_in_its_language(string locale, SlotType type, string text, string? value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(type, new DateTime(2026, 3, 17)) { Locale = locale }, text)?.Value, Is.EqualTo(value));
}
