using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Tests.Slots;

public sealed class SlotRulesTests
{
    [TestCase("4539578763621486", true)]
    [TestCase("4539578763621487", false)]
    [TestCase("", false)]
    public void Check_digit_tells_a_mistyped_card(string number, bool passes) =>
        Assert.That(new SlotRules(Luhn: true).Check(SlotType.Digits, number), Is.EqualTo(passes ? null : (SlotProblem?)SlotProblem.CheckDigit));

    [Test]
    public void Length_range_and_form_are_checked()
    {
        Assert.That(new SlotRules(MinLength: 8, MaxLength: 8).Check(SlotType.Digits, "1234567"), Is.EqualTo(SlotProblem.TooShort));
        Assert.That(new SlotRules(MaxLength: 8).Check(SlotType.Digits, "123456789"), Is.EqualTo(SlotProblem.TooLong));
        Assert.That(new SlotRules(Min: 10, Max: 500).Check(SlotType.Money, "9.99 USD"), Is.EqualTo(SlotProblem.TooSmall));
        Assert.That(new SlotRules(Min: 10, Max: 500).Check(SlotType.Number, "501"), Is.EqualTo(SlotProblem.TooLarge));
        Assert.That(new SlotRules(Pattern: new("^[A-Z]{2}[0-9]+$")).Check(SlotType.Alnum, "7AB"), Is.EqualTo(SlotProblem.Form));
        Assert.That(new SlotRules(MinLength: 2, MaxLength: 4, Min: 1, Max: 2).Check(SlotType.Digits, "123"), Is.Null);
    }

    [TestCase("4152", "no five not four", "5152")]
    [TestCase("4152", "it's nine, not one", "4952")]
    [TestCase("4154", "five not four", null)]
    [TestCase("4152", "that's wrong", null)]
    [TestCase("4152", "not that", null)]
    public void Caller_who_says_what_is_wrong_mends_the_value(string readBack, string said, string? mended) =>
        Assert.That(SlotCorrection.Apply(SlotType.Digits, readBack, said), Is.EqualTo(mended));

    [TestCase(SlotType.Digits, "41520987", "4 1 5 2, 0 9 8 7")]
    [TestCase(SlotType.Date, "2026-06-09", "Tuesday, June 9, 2026")]
    [TestCase(SlotType.Time, "16:15", "4 15 PM")]
    [TestCase(SlotType.Money, "7.40 GBP", "7.40 pounds")]
    [TestCase(SlotType.Duration, "PT1H30M", "1 hour and 30 minutes")]
    [TestCase(SlotType.Email, "tom.baker@example.com", "tom dot baker at example dot com")]
    public void Value_is_said_as_people_say_it(SlotType type, string value, string spoken) => Assert.That(SpokenValue.Of(type, value), Is.EqualTo(spoken));
}
