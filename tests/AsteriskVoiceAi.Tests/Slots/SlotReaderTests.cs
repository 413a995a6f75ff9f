using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Calls.Slots;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Processes;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Slots;

public sealed class SlotReaderTests
{
    /// <summary>A Tuesday.</summary>
    private static readonly DateTime Now = new(2026, 3, 17, 10, 0, 0);

    [TestCase(SlotType.Digits, "It's 4 4 0 2.", "4402")]
    [TestCase(SlotType.Digits, "my account number is double four seven six triple nine", "4476999")]
    [TestCase(SlotType.Digits, "the last four are nine one one three", "9113")]
    [TestCase(SlotType.Digits, "eight hundred fifty five", "855")]
    [TestCase(SlotType.Digits, "eight hundred five five five", "800555")]
    [TestCase(SlotType.Digits, "nine eight hundred fifty five", "980055")]
    [TestCase(SlotType.Digits, "five six seven, oh wait, five six eight", "568")]
    [TestCase(SlotType.Digits, "one two three no four", "124")]
    [TestCase(SlotType.Digits, "six five four three no sorry six five four two", "6542")]
    [TestCase(SlotType.Digits, "one moment please", null)]
    [TestCase(SlotType.Digits, "I have two accounts", null)]
    [TestCase(SlotType.Phone, "(415) 555-0187", "4155550187")]
    [TestCase(SlotType.Phone, "one eight hundred five five five oh one nine nine", "8005550199")]
    [TestCase(SlotType.Phone, "six four six five five five oh one nine", null)]
    [TestCase(SlotType.Alnum, "T-4088.", "T4088")]
    [TestCase(SlotType.Alnum, "m for mother seven two", "M72")]
    [TestCase(SlotType.Alnum, "t for tango four", "T4")]
    [TestCase(SlotType.Alnum, "d as in bravo nine", "B9")]
    [TestCase(SlotType.Alnum, "double u four seven one", "W471")]
    [TestCase(SlotType.Alnum, "bravo delta fifty one sierra mike romeo", "BD51SMR")]
    [TestCase(SlotType.Alnum, "I don't know", null)]
    [TestCase(SlotType.Spelled, "S-M-I-T-H", "SMITH")]
    [TestCase(SlotType.Spelled, "my last name is clark that's c l a r k", "CLARK")]
    [TestCase(SlotType.Spelled, "d apostrophe a m i c o", "D'AMICO")]
    [TestCase(SlotType.Name, "this is maria garcia speaking", "Maria Garcia")]
    [TestCase(SlotType.Name, "joan no jane miller", "Jane Miller")]
    [TestCase(SlotType.Name, "I don't want to say", null)]
    [TestCase(SlotType.Email, "my email is anna underscore lee at mail dot example dot org", "anna_lee@mail.example.org")]
    [TestCase(SlotType.Email, "john at example", null)]
    [TestCase(SlotType.Date, "March 20th", "2026-03-20")]
    [TestCase(SlotType.Date, "tuesday", "2026-03-24")]
    [TestCase(SlotType.Date, "a week on friday", "2026-03-27")]
    [TestCase(SlotType.Date, "the ninth of june no sorry the tenth", "2026-06-10")]
    [TestCase(SlotType.Date, "thursday the nineteenth", "2026-03-19")]
    [TestCase(SlotType.Date, "friday the nineteenth of march", null)]
    [TestCase(SlotType.Date, "february thirtieth", null)]
    [TestCase(SlotType.Date, "sometime next week", null)]
    [TestCase(SlotType.Date, "saturday or sunday", null)]
    [TestCase(SlotType.Time, "25:00", null)]
    [TestCase(SlotType.Time, "twelve midnight", "00:00")]
    [TestCase(SlotType.Alnum, "n as in november o as in oscar four", "NO4")]
    [TestCase(SlotType.Time, "7:15 p.m.", "19:15")]
    [TestCase(SlotType.Time, "ten to three", "14:50")]
    [TestCase(SlotType.Time, "sixteen hundred hours", "16:00")]
    [TestCase(SlotType.Time, "any time", null)]
    [TestCase(SlotType.DateTime, "tomorrow morning at nine", "2026-03-18T09:00")]
    [TestCase(SlotType.DateTime, "three pm on thursday", "2026-03-19T15:00")]
    [TestCase(SlotType.DateTime, "in half an hour", "2026-03-17T10:30")]
    [TestCase(SlotType.DateTime, "tomorrow", null)]
    [TestCase(SlotType.Duration, "an hour and a half", "PT1H30M")]
    [TestCase(SlotType.Duration, "a fortnight", "P2W")]
    [TestCase(SlotType.Money, "twelve hundred dollars", "1200.00 USD")]
    [TestCase(SlotType.Money, "ten pound fifty", "10.50 GBP")]
    [TestCase(SlotType.Money, "how much do I owe", null)]
    [TestCase(SlotType.Number, "there are four of us", "4")]
    [TestCase(SlotType.Number, "a lot", null)]
    [TestCase(SlotType.Percent, "half a percent", "0.5")]
    [TestCase(SlotType.Ordinal, "option to", "2")]
    [TestCase(SlotType.Ordinal, "the last one", "last")]
    [TestCase(SlotType.Ordinal, "um the fourth I guess", "4")]
    [TestCase(SlotType.Alnum, "bravo charlie one niner", "BC19")]
    [TestCase(SlotType.Alnum, "n for nelly o for orange one", "NO1")]
    [TestCase(SlotType.Alnum, "k o for one", "KO41")]
    [TestCase(SlotType.Spelled, "j o double n e s, sorry, j o n e s", "JONES")]
    [TestCase(SlotType.Digits, "one two three four five, sorry, one two three four", "1234")]
    [TestCase(SlotType.Digits, "one two three four five, sorry, three five", "12335")]
    [TestCase(SlotType.Spelled, "p r y c e, with a y", "PRYCE")]
    [TestCase(SlotType.Spelled, "a d a m s, that's adams", "ADAMS")]
    [TestCase(SlotType.Date, "two thousand and twenty six june first", "2026-06-01")]
    [TestCase(SlotType.Date, "twenty twenty seven, june first", "2027-06-01")]
    [TestCase(SlotType.Email, "my address is peter at posteo dot de", "peter@posteo.de")]
    [TestCase(SlotType.Date, "thirty second of may", null)]
    [TestCase(SlotType.Date, "twenty second of may", "2026-05-22")]
    [TestCase(SlotType.Time, "ten past", null)]
    [TestCase(SlotType.Time, "between two and three", null)]
    [TestCase(SlotType.Duration, "2h 30m", "PT2H30M")]
    [TestCase(SlotType.Number, "a dozen and a half", "18")]
    [TestCase(SlotType.Number, "one third", null)]
    [TestCase(SlotType.Ordinal, "let's go with four", "4")]
    [TestCase(SlotType.Time, "in half an hour", "10:30")]
    [TestCase(SlotType.Time, "at nine in the morning for an hour", "09:00")]
    [TestCase(SlotType.Duration, "ten to fifteen minutes", null)]
    [TestCase(SlotType.Money, "ten to fifteen dollars", null)]
    [TestCase(SlotType.Number, "half a dozen", "6")]
    [TestCase(SlotType.Number, "just the one", "1")]
    [TestCase(SlotType.Number, "seven not eleven", "7")]
    [TestCase(SlotType.Number, "two to three", null)]
    [TestCase(SlotType.Expiry, "the fifth of twenty seven", "2027-05")]
    [TestCase(SlotType.YesNo, "yes no wait no", "no")]
    [TestCase(SlotType.YesNo, "maybe", null)]
    [TestCase(SlotType.YesNo, "no, hang on, if it's for the blue card then yes", null)]
    [TestCase(SlotType.Expiry, "04/27", "2027-04")]
    [TestCase(SlotType.Expiry, "thirteen twenty seven", null)]
    [TestCase(SlotType.Text, "  leave it   by the door ", "leave it by the door")]
    public void Value_is_read_out_of_the_answer(SlotType type, string said, string? value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(type, Now), said)?.Value, Is.EqualTo(value));

    [TestCase("en-US", "4/7/2026", "2026-04-07")]
    [TestCase("en-GB", "4/7/2026", "2026-07-04")]
    [TestCase("en-US", "120984", "2084-12-09")]
    [TestCase("en-GB", "oh five oh eight nineteen eighty eight", "1988-08-05")]
    public void Day_and_month_come_as_the_country_writes_them(string locale, string said, string value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Date, Now) { Locale = locale }, said)?.Value, Is.EqualTo(value));

    [TestCase(false, "the second of march", "2027-03-02")]
    [TestCase(true, "the second of march", "2026-03-02")]
    [TestCase(true, "nineteenth of march eighty five", "1985-03-19")]
    public void Birthday_lies_in_the_past(bool past, string said, string value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Date, Now) { PrefersPast = past }, said)?.Value, Is.EqualTo(value));

    [TestCase("the blue one please", "blue")]
    [TestCase("grean", "green")]
    [TestCase("sails", "sales")]
    [TestCase("the second one", "green")]
    [TestCase("blue or green", null)]
    [TestCase("purple", null)]
    public void Choice_is_found_among_words_misheard_or_by_its_place(string said, string? value) =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Choice, Now) { Choices = ["blue", "green", "sales"] }, said)?.Value, Is.EqualTo(value));

    [Test]
    public void Letter_o_and_zero_are_told_apart_by_the_form_of_a_postcode() =>
        Assert.That(SlotReader.Read(new SlotQuestion(SlotType.Alnum, Now) { Kind = "postcode" }, "o x one one d p")?.Value, Is.EqualTo("OX11DP"));

    [Test]
    public void Correction_is_less_sure_than_a_plain_answer() =>
        Assert.That(
            SlotReader.Read(new SlotQuestion(SlotType.Digits, Now), "nine nine no sorry nine eight")!.Confidence,
            Is.LessThan(SlotReader.Read(new SlotQuestion(SlotType.Digits, Now), "nine eight")!.Confidence));

    [Test]
    public void Any_answer_to_any_question_is_read_or_not_and_never_breaks() => Prop.ForAll<string?>(text =>
    {
        foreach (var type in Enum.GetValues<SlotType>())
            SlotReader.Read(new SlotQuestion(type, Now) { Choices = ["one", "two"] }, text ?? "");
        return true;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Any_order_of_the_words_that_answers_are_made_of_never_breaks()
    {
        string[] words = ["one", "capital", "all", "or", "is", "be", "tango", "eighths", "h's", "Abc", "ER", "thank you", "3/4", "930pm", "5-double", "twenty", "hundred", "oh", "double", "and", "a", "half", "point", "no", "sorry", "the", "of", "june", "friday", "next", "week", "in", "pm", "at", "dot", "as", "b", "$", "7", "12/3", "not", "minus", "quarter", "past", "to", "-", "last", "percent", "com", "with", "two", "n's", "spelled", "that's", "end", "start", "double", "j-o-e", "umlaut", "option", "no dots", "my", "me,", "to", "ate", "g, g for golf", "golf", "number's", "zero the number not the letter", "yep", "WHY", "ARE", "just the one l"];
        Prop.ForAll<int[]>(picks =>
        {
            var text = string.Join(' ', picks.Select(pick => words[(uint)pick % words.Length]));
            foreach (var type in Enum.GetValues<SlotType>())
                SlotReader.Read(new SlotQuestion(type, Now) { Choices = ["one", "two"] }, text);
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Sample_beside_the_repository_is_read()
    {
        string[] folders = [Repository.PathOf("..", "shared", "data", "slots"), Repository.PathOf("..", "..", "shared", "data", "slots")];
        var file = folders.Select(folder => Path.Combine(folder, "sample.jsonl")).FirstOrDefault(File.Exists);
        if (file is null)
            Needed.Missing("the sample of slots", "put it at ../shared/data/slots beside the repository");
        var (rows, right, wrong) = (0, 0, 0);
        foreach (var line in File.ReadLines(file!))
        {
            using var row = JsonDocument.Parse(line);
            string? Text(string name) => row.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            var day = DateTime.Parse((Text("ref") ?? "2026-03-17") + "T" + (Text("now") ?? "10:00"), CultureInfo.InvariantCulture);
            var question = new SlotQuestion(SlotTypes.Find(Text("slot")!)!.Value, day) { Locale = Text("locale") ?? "en-US", PrefersPast = Text("prefer") == "past", Kind = Text("kind") };
            var read = SlotReader.Read(question, Text("text")!)?.Value;
            var isRight = read == Text("value") || (row.RootElement.TryGetProperty("alt", out var alt) && alt.EnumerateArray().Any(other => other.GetString() == read));
            rows++;
            right += isRight ? 1 : 0;
            wrong += !isRight && read is not null ? 1 : 0;
        }
        Assert.That(right, Is.GreaterThanOrEqualTo(rows * 0.97));
        Assert.That(wrong, Is.LessThanOrEqualTo(rows * 0.02));
    }
}
