using AsteriskVoiceAi.Calls.Synthesis.Normalization;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Synthesis;

/// <summary>Texts as operators write them, and the words that a caller hears.</summary>
internal sealed class SpokenFormTests
{
    [TestCase("You owe $12.50.", "You owe twelve dollars and fifty cents.")]
    [TestCase("It is $1 or $0.99.", "It is one dollar or ninety-nine cents.")]
    [TestCase("A fine of $1,204,000 applies.", "A fine of one million two hundred four thousand dollars applies.")]
    [TestCase("They raised $5 million.", "They raised five million dollars.")]
    [TestCase("€4,99 or 4.99 €", "four euros and ninety-nine cents or four euros and ninety-nine cents")]
    [TestCase("Call 555-123-4567 today.", "Call five five five, one two three, four five six seven today.")]
    [TestCase("Call +1 (555) 123-4567.", "Call plus one, five five five, one two three, four five six seven.")]
    [TestCase("Order 12345678 is ready.", "Order one two three four, five six seven eight is ready.")]
    [TestCase("Your PIN is 0471.", "Your PIN is zero four seven one.")]
    [TestCase("We have 1,250 items and 21 stores.", "We have one thousand two hundred fifty items and twenty-one stores.")]
    [TestCase("Version 2.5 costs 3%.", "Version two point five costs three percent.")]
    [TestCase("The 3rd of 12 callers", "The third of twelve callers")]
    [TestCase("Due 11/25/2026.", "Due November twenty-fifth, twenty twenty-six.")]
    [TestCase("Due 2026-11-25.", "Due November twenty-fifth, twenty twenty-six.")]
    [TestCase("Due Nov. 25th, 2026, at noon", "Due November twenty-fifth, twenty twenty-six, at noon")]
    [TestCase("on May 5 and in May 2026", "on May fifth and in May twenty twenty-six")]
    [TestCase("You May go in 1999.", "You May go in nineteen ninety-nine.")]
    [TestCase("We close at 5 p.m. Please call again.", "We close at five P M. Please call again.")]
    [TestCase("from 9:30 am to 17:05", "from nine thirty A M to five oh five P M")]
    [TestCase("at 10:00 or 12:00", "at ten o'clock or twelve o'clock")]
    [TestCase("Write to john.doe42@example.com.", "Write to john dot doe four two at example dot com.")]
    [TestCase("See www.example.com/help.", "See W W W dot example dot com slash help.")]
    [TestCase("Ask for Dr. Smith, No. 12 Main St. or St. Mary's.", "Ask for Doctor Smith, number twelve Main Street or Saint Mary's.")]
    [TestCase("Q&A, AT&T", "Q and A, AT and T")]
    [TestCase("Press # or 1, then *.", "Press pound or one, then star.")]
    [TestCase("Ticket #42", "Ticket number forty-two")]
    [TestCase("open 9–5", "open nine to five")]
    [TestCase("It is -5 outside", "It is minus five outside")]
    [TestCase("Fine 24/7, host 10.1.2.3, room A4, 4G", "Fine 24/7, host 10.1.2.3, room A4, 4G")]
    [TestCase("on 13/13/2026 at 25:61", "on 13/13/2026 at 25:61")]
    public void American_text_is_said_the_way_people_say_it(string text, string said) => Assert.That(SpokenForm.Of(text, "en-US"), Is.EqualTo(said));

    [TestCase("Due 25/11/2026.", "Due the twenty-fifth of November twenty twenty-six.")]
    [TestCase("on the 1st of May 2005", "on the first of May two thousand and five")]
    [TestCase("Press # for 105 pounds.", "Press hash for one hundred and five pounds.")]
    [TestCase("It costs £3.05 or £1.", "It costs three pounds and five pence or one pound.")]
    public void British_text_differs(string text, string said) => Assert.That(SpokenForm.Of(text, "en-GB"), Is.EqualTo(said));

    [TestCase("Sie schulden 12,50 €.", "Sie schulden zwölf Euro und fünfzig Cent.")]
    [TestCase("Das sind 1 Euro und 1.234.567 Cent.", "Das sind ein Euro und eine Million zweihundertvierunddreißigtausendfünfhundertsiebenundsechzig Cent.")]
    [TestCase("am 25.11.2026 um 17:45 Uhr", "am fünfundzwanzigsten November zweitausendsechsundzwanzig um siebzehn Uhr fünfundvierzig")]
    [TestCase("bis zum 3. Mai 1999", "bis zum dritten Mai neunzehnhundertneunundneunzig")]
    [TestCase("Der 1. Mai ist frei, der 7. März nicht.", "Der erste Mai ist frei, der siebte März nicht.")]
    [TestCase("Um 8 Uhr oder 1:00 Uhr", "Um acht Uhr oder ein Uhr")]
    [TestCase("Drücken Sie 1 für 1 Nachricht oder 21 Tage.", "Drücken Sie eins für eine Nachricht oder einundzwanzig Tage.")]
    [TestCase("Rufen Sie 0800 123456 an.", "Rufen Sie null acht null null, eins zwei drei, vier fünf sechs an.")]
    [TestCase("z. B. Hr. Dr. Meier, Nr. 7 usw.", "zum Beispiel Herr Doktor Meier, Nummer sieben und so weiter.")]
    [TestCase("Es sind 3,5 % bzw. 101.", "Es sind drei Komma fünf Prozent beziehungsweise einhunderteins.")]
    [TestCase("info@firma-xy.de", "info ät firma Strich xy Punkt de")]
    public void German_text_is_said_the_way_people_say_it(string text, string said) => Assert.That(SpokenForm.Of(text, "de-DE"), Is.EqualTo(said));

    [TestCase("Debe 12,50 €.", "Debe doce euros con cincuenta céntimos.")]
    [TestCase("Cuesta 21 libras o £1.", "Cuesta veintiuna libras o una libra.")]
    [TestCase("el 25/11/2026 a las 17:45", "el veinticinco de noviembre de dos mil veintiséis a las diecisiete cuarenta y cinco")]
    [TestCase("el 1 de mayo de 1999", "el primero de mayo de mil novecientos noventa y nueve")]
    [TestCase("Pulse 1 para 1 mensaje.", "Pulse uno para un mensaje.")]
    [TestCase("Llame al 900 123 456.", "Llame al nueve cero cero, uno dos tres, cuatro cinco seis.")]
    [TestCase("Son 1.500.100 habitantes, el 31 %.", "Son un millón quinientos mil cien habitantes, el treinta y uno por ciento.")]
    [TestCase("el 2.º piso, n.º 5, Sr. Ruiz", "el segundo piso, número cinco, señor Ruiz")]
    [TestCase("2.000.000 €", "dos millones de euros")]
    public void Spanish_text_is_said_the_way_people_say_it(string text, string said) => Assert.That(SpokenForm.Of(text, "es-ES"), Is.EqualTo(said));

    [TestCase("Vous devez 12,50 €.", "Vous devez douze euros et cinquante centimes.")]
    [TestCase("le 25/11/2026 à 17h45", "le vingt-cinq novembre deux mille vingt-six à dix-sept heures quarante-cinq")]
    [TestCase("le 1er mai 1999 à 12:00", "le premier mai mille neuf cent quatre-vingt-dix-neuf à midi")]
    [TestCase("Appelez le 01 23 45 67 89.", "Appelez le zéro un, deux trois, quatre cinq, six sept, huit neuf.")]
    [TestCase("M. Dupont a 71 ans, Mme Durand 80, soit 1 234 jours.", "Monsieur Dupont a soixante et onze ans, Madame Durand quatre-vingts, soit mille deux cent trente-quatre jours.")]
    [TestCase("dans 21 minutes, 3,5 %", "dans vingt et une minutes, trois virgule cinq pour cent")]
    [TestCase("le 2e étage, n° 200", "le deuxième étage, numéro deux cents")]
    public void French_text_is_said_the_way_people_say_it(string text, string said) => Assert.That(SpokenForm.Of(text, "fr-FR"), Is.EqualTo(said));

    [TestCase("Zadzwoń pod numer 555 123, 12,50 zł.", "pl")]
    [TestCase("سلام، نمی‌خواهم ۱۲۳", "fa")]
    [TestCase("您好，请按 1。", "zh-CN")]
    [TestCase("नमस्ते क्‍या", "hi")]
    public void Text_of_another_language_stays_as_it_is(string text, string language) => Assert.That(SpokenForm.Of(text, language), Is.EqualTo(text));

    [TestCase("Hello 👋🏽 there ✅!", "Hello there !")]
    [TestCase("1️⃣ pizza 🇩🇪", "one pizza")]
    [TestCase("a\0b\u001b[31mc\r\nd\u202Ee", "a b [31mc de")]
    [TestCase("half \ud83d of", "half of")]
    [TestCase("20 °C, ACME™ ©", "twenty °C, ACME™ ©")]
    public void What_nobody_can_say_is_left_out(string text, string said) => Assert.That(SpokenForm.Of(text, "en"), Is.EqualTo(said));

    [Test]
    public void Long_text_without_sense_is_read_in_no_time([Values("a", "1", "1,", "1.", "a@", "+1 ", "$", "www.", "12:", "<", " ", "Dr. ")] string part, [Values("en", "de", "es", "fr")] string language)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000 / part.Length));

        // A pattern that goes back and forth would take minutes.
        Assert.That(Task.Run(() => SpokenForm.Of(text, language)).Wait(TimeSpan.FromSeconds(20)), Is.True);
    }

    [TestCaseSource(nameof(Sentences))]
    public void Sentence_of_the_benchmark_is_said_in_the_expected_words(string written, string spoken) =>
        Assert.That(Words(SpokenForm.Of(written, "en-US")), Is.EqualTo(Words(spoken)));

    private static IEnumerable<TestCaseData> Sentences() => TelephoneSentences.All.Select(pair => new TestCaseData(pair.Written, pair.Spoken));

    private static string Words(string text) => string.Join(' ', text.ToLowerInvariant().Split([' ', '-', ',', '.', '?'], StringSplitOptions.RemoveEmptyEntries));

    [TestCase("AB-12", "characters", "", "en", "A, B; one, two")]
    [TestCase("x9", "spell-out", "", "pl", "X, 9")]
    [TestCase("4711", "digits", "", "en", "four seven one one")]
    [TestCase("471 12", "digits", "", "de", "vier sieben eins, eins zwei")]
    [TestCase("4711000000", "cardinal", "", "en", "four billion seven hundred eleven million")]
    [TestCase("21", "ordinal", "", "en", "twenty-first")]
    [TestCase("3.", "ordinal", "", "de", "dritte")]
    [TestCase("80", "ordinal", "", "fr", "quatre-vingtième")]
    [TestCase("22", "ordinal", "", "es", "vigésimo segundo")]
    [TestCase("12.50", "currency", "USD", "en", "twelve dollars and fifty cents")]
    [TestCase("EUR 1.000", "currency", "", "de", "eintausend Euro")]
    [TestCase("25.11.2026", "date", "dmy", "en-US", "November twenty-fifth, twenty twenty-six")]
    [TestCase("20261125", "date", "ymd", "en-GB", "the twenty-fifth of November twenty twenty-six")]
    [TestCase("11/25", "date", "md", "en-US", "November twenty-fifth")]
    [TestCase("17:45", "time", "", "fr", "dix-sept heures quarante-cinq")]
    [TestCase("5 pm", "time", "", "es", "cinco de la tarde")]
    [TestCase("5551234567", "telephone", "", "en", "five five five, one two three, four five six seven")]
    [TestCase("a_b@c.org", "email", "", "en", "A underscore B at C dot org")]
    [TestCase("tomorrow", "date", "", "en", "tomorrow")]
    [TestCase("31.02.2026", "date", "dmy", "en", "31.02.2026")]
    [TestCase("12 apples", "cardinal", "", "en", "twelve apples")]
    [TestCase("", "digits", "", "en", "")]
    [TestCase("<break/> & {x}", "characters", "", "en", "B, R, E, A, K; and; X")]
    public void Value_is_read_as_it_is_asked_for(string value, string kind, string format, string language, string said) =>
        Assert.That(SayAs.Words(value, kind, format, language), Is.EqualTo(said));

    [TestCase("en-US", 999_999_999_999, "nine hundred ninety-nine billion nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine")]
    [TestCase("de", 2_000_000_001, "zwei Milliarden eins")]
    [TestCase("de", 21_101, "einundzwanzigtausendeinhunderteins")]
    [TestCase("es", 21_031_021, "veintiún millones treinta y un mil veintiuno")]
    [TestCase("es", 1_000_000_000, "mil millones")]
    [TestCase("fr", 80_000, "quatre-vingt mille")]
    [TestCase("fr", 1_191, "mille cent quatre-vingt-onze")]
    public void Numbers_are_spelled_right(string language, long number, string words) => Assert.That(SpokenLanguage.For(language)!.Cardinal(number), Is.EqualTo(words));

    [Test]
    public void Every_number_up_to_ten_thousand_has_words_of_its_own([Values("en-US", "en-GB", "de", "es", "fr")] string language)
    {
        var words = SpokenLanguage.For(language)!;
        var said = Enumerable.Range(0, 10_000).Select(number => words.Cardinal(number)).ToHashSet();

        Assert.That(said, Has.Count.EqualTo(10_000));
        Assert.That(said, Has.None.Contains("-  ").And.None.EndsWith(" ").And.None.EndsWith("-").And.None.Contains("  "));
        Assert.That(Enumerable.Range(1, 99).Select(number => words.Ordinal(number)).ToHashSet(), Has.Count.EqualTo(99));
    }
}
