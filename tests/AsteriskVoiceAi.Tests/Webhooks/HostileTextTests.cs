using AsteriskVoiceAi.Calls.Webhooks;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Webhooks;

internal sealed class HostileTextTests
{
    [TestCase("on  its\r\n\tway", "on its way")]
    [TestCase("\e[2Jowned\a", "[2Jowned")]
    [TestCase("\u202eevil\u200b 📦", "evil")]
    public void What_nobody_can_say_is_gone(string text, string said) => Assert.That(HostileText.Spoken(text), Is.EqualTo(said));

    [Test]
    public void Long_text_ends_with_a_whole_word()
    {
        var said = HostileText.Spoken(string.Join(' ', Enumerable.Repeat("parcel", 1000)));
        Assert.That(said, Has.Length.InRange(HostileText.MaxSpoken - 7, HostileText.MaxSpoken).And.EndsWith(" parcel"));
        Assert.That(HostileText.Spoken(new string('x', 100_000)), Has.Length.EqualTo(HostileText.MaxSpoken));
    }

    [Test]
    public void Any_text_becomes_a_short_line() => Prop
        .ForAll<string?>(text => HostileText.Spoken(text ?? "") is { Length: <= HostileText.MaxSpoken } said && !said.Any(char.IsControl) && HostileText.Spoken(said) == said)
        .QuickCheckThrowOnFailure();
}
