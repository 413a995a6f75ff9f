using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>What is expected decides what is heard.</summary>
public sealed class MoonshineExpectationTests
{
    [TestCase("four one five nine", "4159")]
    [TestCase("seven, seven, zero, two.", "7702")]
    [TestCase("my number is three oh eight five", "3085")]
    public async Task Digits_of_known_number_are_heard(string said, string digits)
    {
        var heard = await HearAsync(said, new Expectation.Digits(4, 4));

        Assert.That(heard.Expected, Is.EqualTo(digits));
        Assert.That(heard.Text, Is.EqualTo(string.Join(' ', digits.AsEnumerable())));
        Assert.That(heard.Confidence, Is.InRange(0.2, 1));
    }

    [Test]
    public async Task Digits_that_are_only_begun_can_be_counted()
    {
        var heard = await HearAsync("four one five", new Expectation.Digits(8, 8));

        Assert.That(heard.Expected, Is.EqualTo("415"));
    }

    [Test]
    public async Task Digits_by_a_human_voice_are_heard([Values("2907", "41635", "80")] string digits)
    {
        if (!HumanPrompts.Installed)
            Needed.Missing("recorded digits", "run scripts/install-asterisk.sh");
        var samples = new List<short>();
        foreach (var digit in digits)
            samples.AddRange([.. await HumanPrompts.ReadAsync($"digits/{digit}"), .. new short[800]]);

        var heard = await InstalledModels.Base.RecognizeAsync(Sounds.Telephone(new SpokenPrompt(samples.ToArray(), 8000)), new Expectation.Digits(1, 16), "en-US", CancellationToken.None);

        Assert.That(heard.Expected, Is.EqualTo(digits));
    }

    [Test]
    public async Task Number_that_goes_on_after_a_pause_is_heard_as_if_there_had_been_none()
    {
        var number = await Sounds.SpokenAsync("four one five nine two seven");
        var expectation = new Expectation.Digits(6, 6);
        // Louder, so that nothing is known of it when it is heard whole.
        var whole = await InstalledModels.Base.RecognizeAsync(number.Select(sample => sample * 1.5f).ToArray(), expectation, "en-US", CancellationToken.None);

        foreach (var share in new[] { 0.4, 0.7 })
            await InstalledModels.Base.RecognizeAsync(number.AsMemory(..(int)(number.Length * share)), expectation, "en-US", CancellationToken.None);
        var after = await InstalledModels.Base.RecognizeAsync(number, expectation, "en-US", CancellationToken.None);

        Assert.That((after.Expected, after.Text), Is.EqualTo((whole.Expected, whole.Text)));
        Assert.That(after.Confidence, Is.EqualTo(whole.Confidence).Within(0.03));
        Assert.That(after.Expected, Is.EqualTo("415927"));
    }

    [Test]
    public async Task Something_else_is_not_pressed_into_digits()
    {
        var heard = await HearAsync("I would like to talk to a person, please.", new Expectation.Digits(4, 4));

        Assert.That(heard.Expected, Is.Null);
        Assert.That(Sounds.Words(heard.Text), Is.EqualTo("i would like to talk to a person please"));
    }

    [Test]
    public async Task Words_around_a_number_are_not_pressed_into_digits()
    {
        var heard = await HearAsync("You can reach me at two one two, five five five, zero one four four, after six.", new Expectation.Digits(7, 15));

        Assert.That(Sounds.Words(heard.Text), Does.StartWith("you can reach me at").And.Contain("after"));
    }

    [Test]
    public async Task Words_before_a_day_are_not_pressed_into_it() =>
        Assert.That(Sounds.Words((await HearAsync("I think December third.", new Expectation.Date())).Text), Is.EqualTo("i think december third"));

    [Test]
    public async Task Number_that_was_said_in_a_sentence_is_what_was_expected() =>
        Assert.That((await HearAsync("The order number is zero zero one eight six three.", new Expectation.Digits(6, 6))).Expected, Is.EqualTo("001863"));

    [TestCase("Yes please.", "yes")]
    [TestCase("No thank you.", "no")]
    [TestCase("Where is my package?", null)]
    public async Task Yes_and_no_are_heard_and_nothing_else_as_one_of_them(string said, string? answer) =>
        Assert.That((await HearAsync(said, new Expectation.YesNo())).Expected, Is.EqualTo(answer));

    [TestCase("No. Four one five seven.", "four one five seven")]
    [TestCase("No, I want to talk to a person.", "i want to talk to a person")]
    public async Task What_comes_after_a_no_is_heard(string said, string more) =>
        Assert.That(string.Join(' ', Utterance.Words((await HearAsync(said, new Expectation.YesNo())).Text)), Does.StartWith("no").And.EndsWith(more));

    [TestCase("Opening hours", "Opening hours")]
    [TestCase("The billing department, please.", "billing department")]
    [TestCase("The weather is nice today.", null)]
    public async Task Choice_is_heard_as_the_flow_wrote_it(string said, string? choice) =>
        Assert.That((await HearAsync(said, new Expectation.OneOf(["Opening hours", "billing department", "operator"]))).Expected, Is.EqualTo(choice));

    [TestCase("March fifteenth", "03-15")]
    [TestCase("tomorrow", "tomorrow")]
    public async Task Date_is_heard(string said, string date) => Assert.That((await HearAsync(said, new Expectation.Date())).Expected, Is.EqualTo(date));

    [Test]
    public async Task Silence_and_noise_are_no_digits([Values] bool noise)
    {
        var heard = await InstalledModels.Base.RecognizeAsync(noise ? Sounds.Noise(2, -30) : new float[32_000], new Expectation.Digits(1, 8), "en-US", CancellationToken.None);

        Assert.That((heard.Expected, heard.Text), Is.EqualTo(((string?)null, "")));
    }

    [Test]
    public void Cancelled_search_ends_as_cancelled()
    {
        using var gone = new CancellationTokenSource();
        var recognition = InstalledModels.Base.RecognizeAsync(Sounds.Noise(20, -20), new Expectation.Digits(16, 16), "en-US", gone.Token).AsTask();
        gone.Cancel();

        Assert.That(async () => await recognition, Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<Transcript> HearAsync(string said, Expectation expectation) =>
        await InstalledModels.Base.RecognizeAsync(await Sounds.SpokenAsync(said), expectation, "en-US", CancellationToken.None);
}
