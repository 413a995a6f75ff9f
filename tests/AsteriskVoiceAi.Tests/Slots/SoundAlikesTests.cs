using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Tests.Slots;

/// <summary>"For", "to", "ate" and "won" where a number was said, and where they are what they are.</summary>
public sealed class SoundAlikesTests
{
    /// <summary>A Thursday.</summary>
    private static readonly DateTime Now = new(2026, 9, 3, 14, 20, 0);

    [TestCase(SlotType.Duration, "For hours.", "PT4H")]
    [TestCase(SlotType.Duration, "um, about to weeks I think", "P2W")]
    [TestCase(SlotType.Duration, "for to nights please", "P2D")]
    [TestCase(SlotType.Duration, "three days, no, for weeks", "P4W")]
    [TestCase(SlotType.Duration, "for hours and twenty minutes", "PT4H20M")]
    [TestCase(SlotType.Duration, "twenty ate days", "P28D")]
    [TestCase(SlotType.Duration, "two years and for months", "P2Y4M")]
    [TestCase(SlotType.Duration, "for and a half hours", "PT4H30M")]
    [TestCase(SlotType.Date, "in to weeks", "2026-09-17")]
    [TestCase(SlotType.Date, "for days ago", "2026-08-30")]
    [TestCase(SlotType.Date, "to weeks on monday", "2026-09-21")]
    [TestCase(SlotType.Date, "june first to thousand and six", "2006-06-01")]
    [TestCase(SlotType.Date, "the fifth of may nineteen eighty for", "1984-05-05")]
    [TestCase(SlotType.Time, "to fifteen pm", "14:15")]
    [TestCase(SlotType.Time, "ate o'clock", "08:00")]
    [TestCase(SlotType.Time, "half past for", "16:30")]
    [TestCase(SlotType.Time, "quarter to ate", "19:45")]
    [TestCase(SlotType.Time, "at ate in the evening", "20:00")]
    [TestCase(SlotType.Time, "for ten in the morning", "10:00")]
    [TestCase(SlotType.DateTime, "tomorrow at for", "2026-09-04T16:00")]
    [TestCase(SlotType.DateTime, "the ninth of june at for thirty pm", "2027-06-09T16:30")]
    [TestCase(SlotType.DateTime, "Friday at to thirty pm", "2026-09-04T14:30")]
    [TestCase(SlotType.Money, "to hundred and fifty pounds", "250.00 GBP")]
    [TestCase(SlotType.Money, "for pounds twenty", "4.20 GBP")]
    [TestCase(SlotType.Money, "twenty for dollars", "24.00 USD")]
    [TestCase(SlotType.Money, "three hundred and ate euros", "308.00 EUR")]
    [TestCase(SlotType.Money, "to pounds a week", "2.00 GBP")]
    [TestCase(SlotType.Number, "There are to of us", "2")]
    [TestCase(SlotType.Number, "to adults", "2")]
    [TestCase(SlotType.Number, "For.", "4")]
    [TestCase(SlotType.Number, "seventy ate", "78")]
    [TestCase(SlotType.Percent, "I think to percent", "2")]
    [TestCase(SlotType.Percent, "thirty for per cent", "34")]
    [TestCase(SlotType.Percent, "for point five percent", "4.5")]
    [TestCase(SlotType.Ordinal, "To, please.", "2")]
    [TestCase(SlotType.Ordinal, "the third 1", "3")]
    [TestCase(SlotType.Expiry, "oh to twenty nine", "2029-02")]
    public void Word_is_a_number_where_only_a_number_makes_sense(SlotType type, string heard, string value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(type, Now), heard)?.Value, Is.EqualTo(value));

    [TestCase(SlotType.Duration, "for hours and hours")]
    [TestCase(SlotType.Duration, "for days now")]
    [TestCase(SlotType.Duration, "for hours and for days")]
    [TestCase(SlotType.Duration, "I've been waiting for weeks")]
    [TestCase(SlotType.Duration, "it can take from days to weeks")]
    [TestCase(SlotType.Percent, "I pay for percent-based plans")]
    [TestCase(SlotType.Percent, "for percent-based plans")]
    [TestCase(SlotType.Money, "I went to hundreds of shops")]
    [TestCase(SlotType.Money, "can you change it to dollars")]
    [TestCase(SlotType.Money, "I won pounds and pounds")]
    [TestCase(SlotType.Money, "up to hundred dollars")]
    [TestCase(SlotType.Number, "I'm calling for tickets")]
    [TestCase(SlotType.Number, "just for you")]
    [TestCase(SlotType.Time, "I'd like to change it to pm")]
    [TestCase(SlotType.Time, "is it for am or pm")]
    [TestCase(SlotType.Time, "for hours")]
    [TestCase(SlotType.Time, "twenty to")]
    [TestCase(SlotType.Duration, "I'd like it for days")]
    [TestCase(SlotType.Ordinal, "for you")]
    public void Word_in_a_sentence_is_no_number(SlotType type, string heard) =>
        Assert.That(SlotReader.Read(new SlotQuestion(type, Now), heard)?.Value, Is.Null);

    [Test]
    public void Number_that_was_heard_as_a_word_is_read_back() =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Percent, Now), "for percent")!.Confidence, Is.LessThan(SlotReading.Sure));

    [TestCase(SlotType.Duration, "3-quarters of an hour", "PT45M")]
    [TestCase(SlotType.Duration, "two thirds of an hour", null)]
    [TestCase(SlotType.Money, "£12 and 5 pence", "12.05 GBP")]
    [TestCase(SlotType.Money, "$3 and 75 minutes", null)]
    [TestCase(SlotType.Number, "we get about four hundred thousand visitors a year", "400000")]
    [TestCase(SlotType.Number, "we had a good year and a hundred thousand other things to do", null)]
    [TestCase(SlotType.Number, "two hundred thousand three hundred and five", "200305")]
    [TestCase(SlotType.Number, "one hundred two thousand", "102000")]
    [TestCase(SlotType.Ordinal, "the final one you read sounds best", "last")]
    [TestCase(SlotType.Ordinal, "can you read the last one", null)]
    public void Amount_is_read_whole_or_not_at_all(SlotType type, string heard, string? value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(type, Now), heard)?.Value, Is.EqualTo(value));
}
