using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Tests.Slots;

/// <summary>Digits and letters said one by one: with words that sound like them, in groups, with remarks between, taken back in part.</summary>
public sealed class CodeAnswersTests
{
    private static readonly DateTime Now = new(2026, 9, 3, 14, 20, 0);

    [TestCase("to ate for won", "2841")]
    [TestCase("It's won ate zero.", "180")]
    [TestCase("the code is won for two and then nine", "1429")]
    [TestCase("My pin is to too five nine.", "2259")]
    [TestCase("nine nine five to, please", "9952")]
    [TestCase("five um to nine", "529")]
    [TestCase("5 5 0 2 for my account", "5502")]
    [TestCase("five five for you", "55")]
    [TestCase("it ends in to won ate", "218")]
    [TestCase("ate hundred to won", "80021")]
    [TestCase("oh won three", "013")]
    [TestCase("it starts with for to and ends with nine", null)]
    [TestCase("to for to", null)]
    [TestCase("for to", null)]
    [TestCase("it's for nine two one six", null)]
    [TestCase("I won two five five", null)]
    [TestCase("I'd like to, for my account, too", null)]
    [TestCase("I'm calling for to accounts", null)]
    public void Words_that_sound_like_digits_are_digits_where_nothing_else_is_said(string heard, string? value) => Read(SlotType.Digits, heard, value);

    [TestCase("the last 4 digits are 5 1 1 2", "5112")]
    [TestCase("last 4 9 1 1 3", "9113")]
    [TestCase("the last four two two zero nine", "2209")]
    [TestCase("the last 4 5 1 1 2 0", "451120")]
    [TestCase("my last 4 were 5 5 1 2", "5512")]
    public void How_many_digits_come_is_none_of_them(string heard, string value) => Read(SlotType.Digits, heard, value);

    [TestCase(SlotType.Digits, "two two one, five, no, six, eight", "22168")]
    [TestCase(SlotType.Digits, "three four, five five, no, five six, one", "34561")]
    [TestCase(SlotType.Digits, "one, two, three, four, no, three, five", "1235")]
    [TestCase(SlotType.Digits, "one two three, four five, no, one two three, four six", "12346")]
    [TestCase(SlotType.Phone, "two one two, five five six, sorry, five five five, oh one four four", "2125550144")]
    [TestCase(SlotType.Digits, "one two three four, no, three five, one two three five", "1235")]
    [TestCase(SlotType.Alnum, "k for kilo one d, no, b for bravo five", "K1B5")]
    [TestCase(SlotType.Alnum, "k one, no, d", null)]
    [TestCase(SlotType.Spelled, "j e f f, no, g, g e o f f", "GEOFF")]
    [TestCase(SlotType.Spelled, "c a t h, no, k, k a t h", "KATH")]
    [TestCase(SlotType.Spelled, "s m y t h not s m i t h", "SMYTH")]
    [TestCase(SlotType.Digits, "four one five two not four one five three", "4152")]
    [TestCase(SlotType.Digits, "four one five two not nine nine eight", null)]
    [TestCase(SlotType.Spelled, "not s m i t h", null)]
    public void Correction_takes_the_place_of_what_it_is_of(SlotType type, string heard, string? value) => Read(type, heard, value);

    [TestCase("en-US", "eight one six, that's kansas city, five five five, oh one three two", "8165550132")]
    [TestCase("en-US", "816 that's the area code 555 0132", "8165550132")]
    [TestCase("en-US", "555 0132, that's home, 555 0198, that's work", null)]
    [TestCase("en-US", "555 0132 that's home and the cell's 816 555 0198", null)]
    [TestCase("en-US", "eight one six, that's wrong, eight one seven, five five five, oh one three two", null)]
    [TestCase("en-GB", "My mobile's 07700 900 552 but I'm at work till five.", "07700900552")]
    [TestCase("en-US", "too oh six, five five five, oh won to for", "2065550124")]
    [TestCase("en-US", "for one five, five five five, oh one three two", "4155550132")]
    [TestCase("en-GB", "for one five, five five five, oh one three two", null)]
    public void Telephone_number_is_read_with_what_is_said_about_it(string locale, string heard, string? value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Phone, Now) { Locale = locale }, heard)?.Value, Is.EqualTo(value));

    [TestCase("c v four, that's coventry, seven e s", "CV47ES")]
    [TestCase("m one, that is manchester, four b t", "M14BT")]
    [TestCase("m one, four b t, that's manchester", "M14BT")]
    [TestCase("e c one a, that's the city, one b b", "EC1A1BB")]
    [TestCase("m one four b t, that's manchester, m one four b t", "M14BT")]
    [TestCase("m one four b t, that's wrong, m one four b s", null)]
    public void Postcode_is_read_with_a_remark_in_it(string heard, string? value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Alnum, Now) { Locale = "en-GB", Kind = "postcode" }, heard)?.Value, Is.EqualTo(value));

    [TestCase("c v four that's coventry seven e s", null)]
    [TestCase("four four one, that's savings, two two nine", null)]
    [TestCase("k nine zero the number not the letter", "K90")]
    [TestCase("k oh the digit not the letter o seven x", "K07X")]
    [TestCase("k zero p, and that's zero the number not the letter", "K0P")]
    [TestCase("k oh p, that's the letter not the number", null)]
    [TestCase("k oh p, that's oh the letter not the number, nine", null)]
    [TestCase("k zero two, zero the number not the letter", null)]
    [TestCase("SEE ARE 4 7 FOR", "CR474")]
    [TestCase("THE CODE IS AB 12 CD", "AB12CD")]
    [TestCase("AB 12 CD", "AB12CD")]
    [TestCase("REF AB12", "AB12")]
    [TestCase("The card PIN?", null)]
    [TestCase("OK.", null)]
    [TestCase("CALL ME", null)]
    [TestCase("I like it there", null)]
    [TestCase("See you.", null)]
    [TestCase("Oh, I see.", null)]
    [TestCase("why are you", null)]
    [TestCase("see why seven", "CY7")]
    [TestCase("bee for boy ess for sugar", "BS")]
    [TestCase("a for apple b for ball nine", "AB9")]
    [TestCase("I as in India, seven", "I7")]
    [TestCase("a for that", null)]
    [TestCase("t for, t for tommy, two", "T2")]
    [TestCase("t for two", "T42")]
    [TestCase("k kilo two b bravo", "K2B")]
    [TestCase("m n mike two", "MNM2")]
    [TestCase("The booking code's KD-2281.", "KD2281")]
    [TestCase("my reg's alpha bravo one two, um, charlie delta echo", "AB12CDE")]
    [TestCase("block my wife's SIM card", null)]
    public void Code_is_read_with_what_is_said_about_it(string heard, string? value) => Read(SlotType.Alnum, heard, value);

    [TestCase("the surname's b a k e r", "BAKER")]
    [TestCase("little d, little e, capital L, A, N, E, Y", "DELANEY")]
    [TestCase("n e i l, only one l, s o n", "NEILSON")]
    [TestCase("p h i l, two l's, i p s", "PHILLIPS")]
    [TestCase("w e double b, two b's", "WEBB")]
    [TestCase("p e t e with two e's", "PETE")]
    [TestCase("l a w s o n, one s", "LAWSON")]
    [TestCase("l l o y d, double l at the start", "LLOYD")]
    [TestCase("s t e p h e n with a p h", "STEPHEN")]
    [TestCase("j o h n, sorry, j o n", "JON")]
    [TestCase("m a r k, no, c", "MARC")]
    [TestCase("a n n no e", null)]
    [TestCase("are you okay", null)]
    [TestCase("Oh, I see.", null)]
    [TestCase("c l a r k, c for charlie, l for lima, a for alpha, r for romeo, k for kilo", "CLARK")]
    [TestCase("l e e with two e's", "LEE")]
    [TestCase("b o b yep b o b", "BOB")]
    [TestCase("C-L-A-R-K. Yeah, C-L-A-R-K.", "CLARK")]
    [TestCase("m a c, yes, d o n a l d", "MACDONALD")]
    [TestCase("t a y l o r, hyphen, t a y l o r", "TAYLOR-TAYLOR")]
    [TestCase("b bravo o oscar b bravo", "BOB")]
    public void Name_is_spelled_with_remarks_on_its_letters(string heard, string? value) => Read(SlotType.Spelled, heard, value);

    [TestCase(SlotType.Money, "forty dollars yep forty", "40.00 USD")]
    [TestCase(SlotType.Money, "£250, two hundred and fifty pounds", "250.00 GBP")]
    [TestCase(SlotType.Money, "forty dollars yep fifty", null)]
    [TestCase(SlotType.Money, "ten dollars for the shoes, ten for the hat", null)]
    [TestCase(SlotType.Duration, "two and a half hours yup two and a half hours", "PT2H30M")]
    [TestCase(SlotType.Duration, "an hour and a half yes an hour and a half", "PT1H30M")]
    [TestCase(SlotType.Number, "forty yep forty", "40")]
    [TestCase(SlotType.Money, "around five hundred, five hundred and fifty dollars", null)]
    [TestCase(SlotType.Money, "about two thousand, two thousand three hundred pounds", null)]
    [TestCase(SlotType.Number, "two hundred and six thousand", "206000")]
    [TestCase(SlotType.Number, "one million two hundred thousand", "1200000")]
    public void Amount_that_is_said_again_is_one(SlotType type, string heard, string? value) => Read(type, heard, value);

    private static void Read(SlotType type, string heard, string? value) => Assert.That(SlotReader.Read(new SlotQuestion(type, Now), heard)?.Value, Is.EqualTo(value));
}
