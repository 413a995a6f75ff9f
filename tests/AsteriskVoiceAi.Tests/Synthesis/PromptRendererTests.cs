using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Tests.Engines;

namespace AsteriskVoiceAi.Tests.Synthesis;

/// <summary>Texts that nobody should send, said by a real engine.</summary>
internal sealed class PromptRendererTests
{
    [Test]
    public async Task Five_thousand_characters_are_said_to_the_last()
    {
        var text = string.Concat(Enumerable.Repeat("Your parcel number 12345678 costs $1.99; it leaves at 5 p.m. ", 82))[..4990] + " The end.";

        var spoken = await new PromptRenderer(Sounds.Espeak()).RenderAsync(new Prompt(text, "en-US"), 8000, CancellationToken.None);

        Assert.That(PromptRenderer.Spoken(new Prompt(text, "en-US")), Has.All.Length.LessThanOrEqualTo(300));
        Assert.That(PromptRenderer.Spoken(new Prompt(text, "en-US"))[^1], Does.EndWith("The end."));
        Assert.That(spoken.Duration, Is.GreaterThan(TimeSpan.FromMinutes(3)));
        Assert.That(spoken.SampleRate, Is.EqualTo(8000));
    }

    [TestCase("Hello\0 \u0007 there\u202E 👋🏽‍♀️ \ud83d caller \ufffe.")]
    [TestCase("<speak><!DOCTYPE x [<!ENTITY a 'ha'>]>Hello &a; there</speak>")]
    [TestCase("<speak>Hello <voice>there</voice><break time='99h'/></speak>")]
    [TestCase("[[h@'loU]] there")]
    public async Task Text_with_anything_in_it_is_said_as_far_as_it_has_words(string text)
    {
        var espeak = new PromptRenderer(Sounds.Espeak());

        var spoken = await espeak.RenderAsync(new Prompt(text, "en-US"), 8000, CancellationToken.None);

        Assert.That(spoken.Duration.TotalSeconds, Is.InRange(0.3, 10));
        Assert.That(Loudness.Dbfs(spoken.Samples.Span), Is.InRange(-30, -15));
    }

    [TestCase("👋")]
    [TestCase("<speak/>")]
    [TestCase("\0\u0001")]
    [TestCase("…?!")]
    public async Task Text_without_words_is_no_sound(string text) =>
        Assert.That((await new PromptRenderer(Sounds.Espeak()).RenderAsync(new Prompt(text, "en-US"), 8000, CancellationToken.None)).Samples.Length, Is.Zero);
}
