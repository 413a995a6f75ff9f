using System.Text;
using AsteriskVoiceAi.Asterisk.FastAgi;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.FastAgi;

public class AgiCommandTests
{
    /// <summary>Texts made of what is special to somebody on the way.</summary>
    private static Arbitrary<string> Nasty { get; } = Gen.Elements("\"", "\\", "\n", "\r", "\t", "\0", "\u0085", " ", ",", "${X}", "failure", "a", "é", "漢", "😀", "\ud83d", "\u2028")
        .ListOf().Select(string.Concat).ToArbitrary();

    [Test]
    public void Any_text_comes_back_as_it_was_except_for_control_characters() =>
        Prop.ForAll(Nasty, static text =>
        {
            var words = AgiWords.Split(AgiCommand.SetVariable("X", text).Line);
            return words.Length == 4 && words[3] == WithoutControls(text);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void No_text_can_add_a_command() =>
        Prop.ForAll(Nasty, static text =>
        {
            var line = AgiCommand.Exec("TryExec", text).Line;
            return !line.Any(char.IsControl) && line.StartsWith("EXEC TryExec \"", StringComparison.Ordinal) && AgiWords.Split(line).Length == 3;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Text_of_any_length_is_cut_at_a_whole_character_within_what_Asterisk_takes() =>
        Prop.ForAll(Nasty, static text =>
        {
            var whole = string.Concat(Enumerable.Repeat(text + "x", AgiCommand.MaxBytes + 1));
            var line = AgiCommand.SetVariable("X", whole).Line;
            var value = AgiWords.Split(line)[3];
            return Encoding.UTF8.GetByteCount(line) is > AgiCommand.MaxBytes - 8 and <= AgiCommand.MaxBytes
                && line.EndsWith('"') && WithoutControls(whole).StartsWith(value, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Test]
    public void Names_from_outside_are_refused() =>
        Assert.That(static () => AgiCommand.SetVariable("X\" y", "1"), Throws.ArgumentException);

    [Test]
    public void Empty_value_is_still_a_word() => Assert.That(AgiCommand.SetVariable("X", "").Line, Is.EqualTo("SET VARIABLE X \"\""));

    private static string WithoutControls(string text) => string.Concat(text.EnumerateRunes().Where(static r => !Rune.IsControl(r)));
}
