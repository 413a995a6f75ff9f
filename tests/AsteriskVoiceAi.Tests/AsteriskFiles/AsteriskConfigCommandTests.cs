using AsteriskVoiceAi.Service.AsteriskFiles;
using AsteriskVoiceAi.Tests.CommandLine;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.AsteriskFiles;

/// <summary><c>voiceai asterisk-config</c> on copies of real configurations.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AsteriskConfigCommandTests
{
    private const string Password = "correct horse";

    [Test]
    public async Task Sample_configuration_gets_what_is_missing_and_keeps_what_was()
    {
        using var run = new CommandRun();
        var folder = Copy(SampleFolder(), run.PathOf("asterisk"));
        var before = Contents(folder);

        var shown = await RunAsync(run, folder);
        Assert.That(Contents(folder), Is.EqualTo(before), "Without --write nothing is changed.");
        Assert.That(shown, Does.Contain("+ enabled=yes").And.Contain("password=(that of the service)").And.Contain("autoload=yes loads what is needed").And.Not.Contain(Password));

        await RunAsync(run, folder, "--write");

        Assert.Multiple(() =>
        {
            Assert.That(Value(folder, "http.conf", "general", "enabled"), Is.EqualTo("yes"));
            Assert.That(Value(folder, "http.conf", "general", "bindaddr"), Is.EqualTo("127.0.0.1"));
            Assert.That(Value(folder, "ari.conf", "voiceai", "password"), Is.EqualTo(Password));
            Assert.That(AsteriskConfig.Load(folder, "extensions.conf")!.Has("voiceai"), Is.True);
        });
        foreach (var name in new[] { "http.conf", "ari.conf", "extensions.conf" })
        {
            var kept = Directory.GetFiles(folder, $"{name}.before-voiceai-*").Single();
            Assert.That(File.ReadAllBytes(kept), Is.EqualTo(before[name]), $"{name} is kept as it was.");
            Assert.That(File.ReadAllLines(kept).Except(File.ReadAllLines(Path.Combine(folder, name))), Is.Empty, $"No line of {name} is lost.");
        }
        Assert.That(Contents(folder).Where(file => before.ContainsKey(file.Key) && !file.Value.SequenceEqual(before[file.Key])).Select(file => file.Key), Is.EquivalentTo(["http.conf", "ari.conf", "extensions.conf"]));

        var again = Contents(folder);
        Assert.That(await RunAsync(run, folder, "--write"), Does.Contain("Nothing needs to be changed."));
        Assert.That(Contents(folder), Is.EqualTo(again), "Once more changes nothing.");
    }

    [Test]
    public async Task Our_own_configuration_lacks_only_the_password_and_the_example()
    {
        using var run = new CommandRun();
        var folder = Copy(Repository.PathOf("asterisk-config"), run.PathOf("asterisk"));

        var shown = await RunAsync(run, folder, "--write");

        Assert.That(shown, Does.Contain("http.conf: enabled=yes is there already").And.Contain("modules.conf: loads all that is needed already"));
        Assert.That(Directory.GetFiles(folder, "*.before-voiceai-*").Select(file => Path.GetFileName(file).Split(".before")[0]), Is.EquivalentTo(["ari.conf", "extensions.conf"]));
        Assert.That(Value(folder, "ari.conf", "voiceai", "password"), Is.EqualTo(Password));
    }

    [Test]
    public async Task What_is_a_decision_of_the_operator_is_told_and_left_alone()
    {
        using var run = new CommandRun();
        var folder = run.PathOf("asterisk");
        run.Write("asterisk/http.conf", "[general]\nenabled=yes\nbindaddr=0.0.0.0\nbindport=8188\nprefix=pbx\nsessionlimit=50\n");
        run.Write("asterisk/ari.conf", "[voiceai]\ntype=user\npassword=another\n");
        run.Write("asterisk/modules.conf", "[modules]\nautoload=yes\nnoload => chan_websocket.so\n");
        var before = Contents(folder);

        var shown = await RunAsync(run, folder, "--write");

        Assert.That(Contents(folder), Is.EqualTo(before));
        Assert.That(shown, Does.Contain("! http.conf: bindport is 8188").And.Contain("! http.conf: prefix is 'pbx'").And.Contain("! ari.conf: [voiceai] has another password")
            .And.Contain("! modules.conf: noload=chan_websocket.so").And.Contain("! extensions.conf: is not there").And.Contain("bindaddr is 0.0.0.0"));
    }

    [Test]
    public async Task Modules_are_named_where_Asterisk_loads_only_what_it_is_told()
    {
        using var run = new CommandRun();
        var folder = run.PathOf("asterisk");
        run.Write("asterisk/http.conf", "[general]\nenabled=yes\nbindaddr=127.0.0.1\nsessionlimit=1000\n");
        run.Write("asterisk/ari.conf", $"[voiceai]\ntype=user\npassword={Password}\n");
        run.Write("asterisk/modules.conf", "[modules]\nautoload=no\nload => res_agi.so ; calls\n[global]\n");
        run.Write("asterisk/extensions.conf", "[general]\n#tryinclude extensions_voiceai.conf\n");

        var shown = await RunAsync(run, folder, "--write");

        Assert.That(shown, Does.Contain("+ load=chan_websocket.so").And.Contain("module load chan_websocket.so").And.Not.Contain("load=res_agi.so"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "modules.conf")), Does.StartWith("[modules]\nautoload=no\nload => res_agi.so ; calls\nload=").And.EndWith(".so\n[global]\n"));
    }

    private static async Task<string> RunAsync(CommandRun run, string folder, params string[] more)
    {
        var configuration = run.Write("voiceai.yaml", $"ari: {{ password-file: {run.Write("ari-password", Password)} }}\n");
        var before = run.Output.Length;
        Assert.That(await run.InvokeAsync(["asterisk-config", "--folder", folder, "--config", configuration, .. more]), Is.Zero, run.Error);
        return run.Output[before..];
    }

    private static string? Value(string folder, string file, string section, string key) => AsteriskConfig.Load(folder, file)!.Value(section, key);

    private static Dictionary<string, byte[]> Contents(string folder) =>
        Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);

    private static string SampleFolder()
    {
        var root = Environment.GetEnvironmentVariable("VOICEAI_ASTERISK_ROOT") is { Length: > 0 } configured ? configured : Repository.PathOf(".voiceai", "asterisk-root");
        var folder = Path.Combine(root, "etc", "asterisk");
        if (!Directory.Exists(folder))
            Needed.Missing("Asterisk's sample configuration", "run scripts/install-asterisk.sh or set VOICEAI_ASTERISK_ROOT");
        return folder;
    }

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var name in new[] { "http.conf", "ari.conf", "modules.conf", "extensions.conf", "rtp.conf" }.Where(name => File.Exists(Path.Combine(from, name))))
            File.Copy(Path.Combine(from, name), Path.Combine(to, name));
        return to;
    }
}
