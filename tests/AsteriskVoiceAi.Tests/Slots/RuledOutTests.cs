using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Tests.Slots;

/// <summary>Days and times that a caller does not want, and dates that are taken back in part.</summary>
public sealed class RuledOutTests
{
    /// <summary>A Thursday.</summary>
    private static readonly DateTime Now = new(2026, 9, 3, 14, 20, 0);

    [TestCase(SlotType.Date, "Not Monday, Tuesday.", "2026-09-08")]
    [TestCase(SlotType.Date, "tuesday not monday", "2026-09-08")]
    [TestCase(SlotType.Date, "not on the ninth the tenth", "2026-09-10")]
    [TestCase(SlotType.Date, "I can't do monday but tuesday's fine", "2026-09-08")]
    [TestCase(SlotType.Date, "monday doesn't work, so wednesday", "2026-09-09")]
    [TestCase(SlotType.Date, "monday's no good, tuesday", "2026-09-08")]
    [TestCase(SlotType.Date, "Anytime, but the 19th would be best.", "2026-09-19")]
    [TestCase(SlotType.Date, "why not monday", "2026-09-07")]
    [TestCase(SlotType.Date, "I'm not sure, maybe monday", "2026-09-07")]
    [TestCase(SlotType.Date, "I don't mind, monday", "2026-09-07")]
    [TestCase(SlotType.Date, "monday, isn't it", "2026-09-07")]
    [TestCase(SlotType.Date, "monday isn't a problem", "2026-09-07")]
    [TestCase(SlotType.Date, "I'm not free until monday", "2026-09-07")]
    [TestCase(SlotType.Date, "I'm not free on monday", null)]
    [TestCase(SlotType.Date, "the ninth, not the tenth of october", "2026-10-09")]
    [TestCase(SlotType.Date, "tomorrow's no good, the day after is", "2026-09-05")]
    [TestCase(SlotType.Date, "not monday or tuesday, wednesday", "2026-09-09")]
    [TestCase(SlotType.Date, "anything but monday or tuesday", null)]
    [TestCase(SlotType.Date, "any day except friday the eleventh", null)]
    [TestCase(SlotType.Date, "any day but monday", null)]
    [TestCase(SlotType.Date, "Any day, but Monday.", null)]
    [TestCase(SlotType.Date, "anything except the ninth", null)]
    [TestCase(SlotType.Date, "I can't come in on monday", null)]
    [TestCase(SlotType.Date, "any time other than next monday", null)]
    [TestCase(SlotType.Date, "friday won't work", null)]
    [TestCase(SlotType.DateTime, "not monday, tuesday at four", "2026-09-08T16:00")]
    [TestCase(SlotType.DateTime, "I can't do monday at four but tuesday at five is okay", "2026-09-08T17:00")]
    [TestCase(SlotType.DateTime, "not at four on monday, at five", null)]
    [TestCase(SlotType.DateTime, "not friday at four", null)]
    [TestCase(SlotType.Time, "not three, four", "16:00")]
    [TestCase(SlotType.Time, "any time but three", null)]
    [TestCase(SlotType.Time, "I won't be in at five", null)]
    public void Value_that_is_ruled_out_is_none(SlotType type, string said, string? value) => Read(new SlotQuestion(type, Now), said, value);

    [TestCase("tomorrow, no wait, the day after", "2026-09-05")]
    [TestCase("Not tomorrow, the day after.", "2026-09-05")]
    [TestCase("the ninth, no, the day before", "2026-09-08")]
    [TestCase("monday, sorry, the week after", "2026-09-14")]
    [TestCase("not this monday, the monday after", null)]
    [TestCase("tomorrow or the day after", null)]
    [TestCase("tomorrow, no, the day after my birthday", null)]
    [TestCase("the day after the ninth", null)]
    [TestCase("June ninth, no, fifteen", null)]
    public void Day_beside_another_is_told_by_what_was_said_before(string said, string? value) => Read(new SlotQuestion(SlotType.Date, Now), said, value);

    [TestCase("May 7th, 1990. Sorry, 1991.", "1991-05-07")]
    [TestCase("the second of may nineteen sixty, no, sixty one", "1961-05-02")]
    [TestCase("the second of may eighty four, no, eighty five", "1985-05-02")]
    [TestCase("the second of may eighty four, no, the third", "1984-05-03")]
    [TestCase("the second of may eighty four, no, june", "1984-06-02")]
    [TestCase("the second of may nineteen sixty, no, six", null)]
    [TestCase("the second of may nineteen sixty, actually I'm sixty six", "1960-05-02")]
    [TestCase("the second of may nineteen sixty, no, sixteen", null)]
    public void Part_alone_takes_the_place_of_its_like(string said, string? value) => Read(new SlotQuestion(SlotType.Date, Now) { PrefersPast = true }, said, value);

    [TestCase("the monday after next", "2026-09-14")]
    [TestCase("monday after next week", "2026-09-14")]
    [TestCase("the monday after that", null)]
    [TestCase("monday after work", "2026-09-07")]
    [TestCase("fortnight tomorrow", "2026-09-18")]
    [TestCase("week on monday", "2026-09-14")]
    [TestCase("a fortnight's time", null)]
    [TestCase("in a fortnight", "2026-09-17")]
    [TestCase("next week friday", "2026-09-11")]
    [TestCase("this week on friday", "2026-09-04")]
    public void Day_is_counted_from_today(string said, string? value) => Read(new SlotQuestion(SlotType.Date, Now), said, value);

    [TestCase("oh 2 oh 6 19 99", "1999-06-02")]
    [TestCase("0 2 0 6 1999", "1999-06-02")]
    [TestCase("oh, twelve six ninety nine", "1999-06-12")]
    [TestCase("oh 1 6 3 2 96", null)]
    public void Figures_with_zeros_are_day_and_month(string said, string? value) => Read(new SlotQuestion(SlotType.Date, Now) { Locale = "en-GB", PrefersPast = true }, said, value);

    [TestCase(SlotType.Time, "noon, or, actually no, one o'clock", "13:00")]
    [TestCase(SlotType.Number, "two, or rather three", "3")]
    [TestCase(SlotType.Number, "two or three", null)]
    [TestCase(SlotType.Date, "monday or maybe tuesday", null)]
    public void Or_before_a_correction_is_no_choice(SlotType type, string said, string? value) => Read(new SlotQuestion(type, Now), said, value);

    [TestCase("twenty minutes, no, thirty", "PT30M")]
    [TestCase("three weeks, actually four nights", "P4D")]
    [TestCase("half an hour, no, forty", null)]
    [TestCase("ten minutes, sorry, ten pounds", null)]
    public void Length_of_time_keeps_its_unit_when_the_number_is_corrected(string said, string? value) => Read(new SlotQuestion(SlotType.Duration, Now), said, value);

    private static void Read(SlotQuestion question, string said, string? value) => Assert.That(SlotReader.Read(question, said)?.Value, Is.EqualTo(value));
}
