using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Tests.Slots;

/// <summary>Answers as recognisers write them, with words for other words.</summary>
public sealed class HeardAnswersTests
{
    /// <summary>A Thursday.</summary>
    private static readonly DateTime Now = new(2026, 9, 3, 14, 20, 0);

    [TestCase(SlotType.Digits, "One, two, nine, four, no, five, not nine.", "1254")]
    [TestCase(SlotType.Digits, "My ten is one, nine, eight, four.", "1984")]
    [TestCase(SlotType.Digits, "one thousand five", "1005")]
    [TestCase(SlotType.Alnum, "It's Bs-84jp.", "BS84JP")]
    [TestCase(SlotType.Alnum, "Abc 123", "ABC123")]
    [TestCase(SlotType.Alnum, "PNR is YTR 5-double-2.", "YTR522")]
    [TestCase(SlotType.Alnum, "See for David, 55P for Peter.", "D55P")]
    [TestCase(SlotType.Alnum, "b for delta two", "B4D2")]
    [TestCase(SlotType.Alnum, "Capital R, capital T9, one, lower case G.", "RT91G")]
    [TestCase(SlotType.Spelled, "Golf is in Gary, um, R. A. Y.", "GRAY")]
    [TestCase(SlotType.Name, "Good morning, my name is Oliver Hughes-thanks.", "Oliver Hughes")]
    [TestCase(SlotType.Alnum, "That would be k r two two seven", "KR227")]
    [TestCase(SlotType.Date, "June ninth at ten thirty", "2027-06-09")]
    [TestCase(SlotType.Date, "I was born on the second of May, 1970, I'm 56.", "1970-05-02")]
    [TestCase(SlotType.Email, "You can email me at tom dot baker at example dot com", "tom.baker@example.com")]
    [TestCase(SlotType.Email, "Tom dot Baker at example dot com is the best one.", "tom.baker@example.com")]
    [TestCase(SlotType.Name, "It's in my wife's name, Julia Stone.", "Julia Stone")]
    [TestCase(SlotType.Name, "Will Grant.", "Will Grant")]
    [TestCase(SlotType.Digits, "Last four: 9981.", "9981")]
    [TestCase(SlotType.Digits, "Oh, let me see, it's 4-4-1-2.", "4412")]
    [TestCase(SlotType.Phone, "I'm at 303-555-0178, and my name is Bob.", "3035550178")]
    [TestCase(SlotType.Spelled, "O'B-R-I-E-N.", "O'BRIEN")]
    [TestCase(SlotType.Spelled, "M-C-capital-D-O-N-A-L-D", "MCDONALD")]
    [TestCase(SlotType.Money, "50p", "0.50 GBP")]
    [TestCase(SlotType.Money, "£10 50", "10.50 GBP")]
    [TestCase(SlotType.Ordinal, "#4", "4")]
    [TestCase(SlotType.YesNo, "Alright.", "yes")]
    [TestCase(SlotType.Email, "My email is k.miller@outlook.com, thanks.", "k.miller@outlook.com")]
    [TestCase(SlotType.Email, "The best one is office at AdventureWorks.com", "office@adventureworks.com")]
    [TestCase(SlotType.Date, "The third of the six nineteen fifty eighths.", "1958-06-03")]
    [TestCase(SlotType.Date, "3rd of 6th 1958.", "1958-06-03")]
    [TestCase(SlotType.Date, "The first to March, twenty twenty seven.", "2027-03-01")]
    [TestCase(SlotType.Date, "The week from Wednesday.", "2026-09-16")]
    [TestCase(SlotType.Time, "Around half-past four.", "16:30")]
    [TestCase(SlotType.Time, "930 would be good.", "09:30")]
    [TestCase(SlotType.DateTime, "Tomorrow morning at 815th.", "2026-09-04T08:15")]
    [TestCase(SlotType.DateTime, "Tomorrow at quarter past tenths.", "2026-09-04T10:15")]
    [TestCase(SlotType.Duration, "Three nights.", "P3D")]
    [TestCase(SlotType.Percent, "Three-quarters of a percent.", "0.75")]
    [TestCase(SlotType.Percent, "3/4 of a percent", "0.75")]
    [TestCase(SlotType.Number, "2 1/2", "2.5")]
    [TestCase(SlotType.Number, "Too, please.", "2")]
    [TestCase(SlotType.Expiry, "February twenty ninth.", "2029-02")]
    [TestCase(SlotType.Expiry, "128.", "2028-01")]
    public void Value_is_read_from_what_a_recogniser_makes_of_it(SlotType type, string heard, string value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(type, Now), heard)?.Value, Is.EqualTo(value));

    [TestCase(SlotType.Digits, "Go seven, nine, four, six.")]
    [TestCase(SlotType.Digits, "The long number is for 9 2 1 6.")]
    [TestCase(SlotType.Digits, "Not seven one six nine")]
    [TestCase(SlotType.Digits, "Hey, three, five, nine.")]
    [TestCase(SlotType.Digits, "Seven one six nine of")]
    [TestCase(SlotType.Digits, "One two nine nine, no, five, not nine.")]
    [TestCase(SlotType.Alnum, "Dribble you seven, double you.")]
    [TestCase(SlotType.Alnum, "Let four, z, nine.")]
    [TestCase(SlotType.Alnum, "Capital or capital T91")]
    [TestCase(SlotType.Spelled, "They double B-Y.")]
    [TestCase(SlotType.Spelled, "B at A and, space D, Y, K, E.")]
    [TestCase(SlotType.Spelled, "See you are my kinky tango hotel.")]
    [TestCase(SlotType.Name, "I'd rather not say.")]
    [TestCase(SlotType.Email, "We'll see hyphen and at mail.com")]
    [TestCase(SlotType.Email, "no")]
    [TestCase(SlotType.Date, "The eighth of November, nineteen nineteenth.")]
    [TestCase(SlotType.Date, "The phone on the 6th, 1958.")]
    [TestCase(SlotType.Date, "1 March 2020/27")]
    [TestCase(SlotType.Digits, "My account is five five eight and the pin is nine nine.")]
    [TestCase(SlotType.Date, "Not tomorrow, the day after.")]
    [TestCase(SlotType.Time, "Two to four.")]
    [TestCase(SlotType.Date, "not Monday, Tuesday")]
    [TestCase(SlotType.DateTime, "To the after a new net four.")]
    [TestCase(SlotType.Date, "Fourth of the seven fades is three.")]
    [TestCase(SlotType.Number, "For adults and two children.")]
    [TestCase(SlotType.Money, "$220.5.")]
    [TestCase(SlotType.Money, "Eight pounds ounces ounces ounces")]
    public void Word_that_was_a_part_of_the_value_leaves_none(SlotType type, string heard) =>
        Assert.That(SlotReader.Read(new SlotQuestion(type, Now), heard)?.Value, Is.Null);

    [TestCase("en-US", "You can reach me at 212-555-0144 after 6.", "2125550144")]
    [TestCase("en-US", "Yes, it's 503 then, 555 then, or 198.", "5035550198")]
    [TestCase("en-US", "503 or 198", null)]
    [TestCase("en-GB", "All seven seven double, oh nine double, oh eight, eight, one.", "07700900881")]
    [TestCase("en-GB", "Go 77009881", null)]
    public void Telephone_number_is_whole_or_none(string locale, string heard, string? value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Phone, Now) { Locale = locale }, heard)?.Value, Is.EqualTo(value));
}
