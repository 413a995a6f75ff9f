using AsteriskVoiceAi.Service.AsteriskFiles;
using AsteriskVoiceAi.Tests.CommandLine;

namespace AsteriskVoiceAi.Tests.AsteriskFiles;

/// <summary>Asterisk's own configuration format: what is read, and that a change touches its line only.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AsteriskConfigTests
{
    private readonly CommandRun _run = new();

    [OneTimeTearDown]
    public void Clean() => _run.Dispose();

    private AsteriskConfig Read(string name, string text) => AsteriskConfig.Load(Path.GetDirectoryName(_run.Write($"{name}/http.conf", text))!, "http.conf")!;

    [TestCase("[general]\nenabled=yes", ExpectedResult = "yes")]
    [TestCase("[general]\nenabled => yes ; or no", ExpectedResult = "yes")]
    [TestCase("[general]\n;enabled=yes", ExpectedResult = null)]
    [TestCase("[general]\n;--\nenabled=yes\n--;\n", ExpectedResult = null)]
    [TestCase("[general]\n;--- a line, no more\nenabled=yes", ExpectedResult = "yes")]
    [TestCase("[general]\n;-- one --; enabled=yes", ExpectedResult = "yes")]
    [TestCase("[general]\nenabled=a\\;b", ExpectedResult = "a;b")]
    [TestCase("[general]\nenabled=no\nENABLED=yes", ExpectedResult = "yes")]
    [TestCase("[base](!)\nenabled=yes\n[general](base)\nbindport=1", ExpectedResult = "yes")]
    [TestCase("[base](!)\nenabled=yes\n[general](base)\nenabled=no", ExpectedResult = "no")]
    [TestCase("[general]\nbindport=1\n[other]\nx=1\n[general](+)\nenabled=yes", ExpectedResult = "yes")]
    [TestCase("[other]\nenabled=yes", ExpectedResult = null)]
    [TestCase("[loop](loop)\n[general](loop)\nenabled=yes", ExpectedResult = "yes")]
    public string? Value_is_what_Asterisk_reads(string text) => Read(TestContext.CurrentContext.Test.ID, text).Value("general", "enabled");

    [Test]
    public void Included_files_are_read_in_their_place_and_changed_where_they_stand()
    {
        _run.Write("included/http.d/one.conf", "[general]\nenabled=no ; off\n");
        var config = Read("included", "#include \"http.d/*.conf\"\n#tryinclude none.conf\n");

        config.Set("general", "enabled", "yes");

        Assert.That(config.Changed.Single().Text(), Is.EqualTo("[general]\nenabled=yes ; off\n"));
    }

    [Test]
    public void Change_keeps_every_other_byte()
    {
        var config = Read("bytes", "; caf\u00e9\n[general]\r\n  enabled = no   ; not yet\n\tbindport=8088\n\n[post]\nx=1\n");

        config.Set("general", "enabled", "yes");
        config.Set("general", "sessionlimit", "1000");

        Assert.That(config.Main.Text(), Is.EqualTo("; caf\u00e9\n[general]\r\nenabled=yes   ; not yet\n\tbindport=8088\nsessionlimit=1000\n\n[post]\nx=1\n".Replace("\u00e9", "\u00c3\u00a9", StringComparison.Ordinal)));
    }

    [Test]
    public void Section_that_is_missing_is_added_at_the_end()
    {
        var config = Read("added", "[other]\nx=1");

        config.Set("general", "enabled", "yes");

        Assert.That(config.Main.Text(), Is.EqualTo("[other]\nx=1\n\n[general]\nenabled=yes\n"));
    }

    [Test]
    public void Program_and_comment_without_an_end_are_noticed()
    {
        var config = Read("noticed", "#exec /bin/true x\n[general]\n;-- never closed\n");

        Assert.That((config.HasExec, config.EndsInComment), Is.EqualTo((true, true)));
    }
}
