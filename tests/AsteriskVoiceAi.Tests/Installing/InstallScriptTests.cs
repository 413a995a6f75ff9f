using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Installing;

/// <summary>scripts/install.sh and uninstall.sh below another root, with a stand-in for the program.</summary>
[Platform("Linux"), Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InstallScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-install-");

    private string Root => Path.Combine(_folder.FullName, "root");

    private string Published => Path.Combine(_folder.FullName, "published");

    private string Settings => PathOf("etc/asterisk-voiceai/voiceai.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task First_installation_brings_program_settings_flows_a_password_of_its_own_and_the_unit()
    {
        await InstallAsync("one");

        Assert.Multiple(() =>
        {
            Assert.That(PathOf("opt/asterisk-voiceai/current/voiceai"), Does.Exist);
            Assert.That(PathOf("etc/asterisk-voiceai/flows/main.yaml"), Does.Exist);
            Assert.That(PathOf("etc/systemd/system/asterisk-voiceai.service"), Does.Exist);
            Assert.That(PathOf("usr/local/bin/voiceai"), Does.Exist);
            Assert.That(File.ReadAllText(PathOf("etc/asterisk-voiceai/ari-password")), Has.Length.GreaterThanOrEqualTo(24));
            Assert.That(Mode("etc/asterisk-voiceai/ari-password"), Is.EqualTo("640"));
            Assert.That(Mode("etc/asterisk-voiceai"), Is.EqualTo("750"));
        });
    }

    [Test]
    public async Task Second_run_changes_nothing()
    {
        await InstallAsync("one");
        var password = await File.ReadAllTextAsync(PathOf("etc/asterisk-voiceai/ari-password"));

        var lines = await InstallAsync("one");

        Assert.That(lines, Does.Not.Contain("New: "));
        Assert.That(await File.ReadAllTextAsync(PathOf("etc/asterisk-voiceai/ari-password")), Is.EqualTo(password));
    }

    [Test]
    public async Task Upgrade_brings_the_new_program_keeps_the_one_before_and_every_file_that_was_changed()
    {
        await InstallAsync("one");
        await File.AppendAllTextAsync(Settings, "calls: { max-calls: 7 }\n");
        File.Delete(PathOf("etc/asterisk-voiceai/flows/main.yaml"));
        await File.WriteAllTextAsync(PathOf("etc/asterisk-voiceai/flows/mine.yaml"), "flow: mine\n");
        // The default that was installed was another one.
        await File.WriteAllTextAsync(PathOf("opt/asterisk-voiceai/defaults/voiceai.yaml"), "# an earlier default\n");

        var lines = await InstallAsync("two");

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(PathOf("opt/asterisk-voiceai/current/voiceai")), Does.Contain("two"));
            Assert.That(Directory.GetDirectories(PathOf("opt/asterisk-voiceai/releases")), Has.Length.EqualTo(2));
            Assert.That(File.ReadAllText(Settings), Does.EndWith("calls: { max-calls: 7 }\n"));
            Assert.That(lines, Does.Contain("You changed /etc/asterisk-voiceai/voiceai.yaml, so it stays").And.Contain("voiceai.yaml.new"));
            Assert.That(File.ReadAllText(Settings + ".new"), Is.EqualTo(File.ReadAllText(Repository.PathOf("systemd", "voiceai.yaml"))));
            Assert.That(PathOf("etc/asterisk-voiceai/flows/main.yaml"), Does.Not.Exist, "A flow that was deleted stays so.");
            Assert.That(PathOf("etc/asterisk-voiceai/flows/mine.yaml"), Does.Exist);
        });
    }

    [Test]
    public async Task Default_that_nobody_changed_follows_the_new_version()
    {
        await InstallAsync("one");
        foreach (var file in new[] { Settings, PathOf("opt/asterisk-voiceai/defaults/voiceai.yaml") })
            await File.WriteAllTextAsync(file, "# an earlier default\n");

        await InstallAsync("one");

        Assert.That(await File.ReadAllTextAsync(Settings), Is.EqualTo(await File.ReadAllTextAsync(Repository.PathOf("systemd", "voiceai.yaml"))));
        Assert.That(Settings + ".new", Does.Not.Exist);
    }

    [Test]
    public async Task Uninstalling_keeps_settings_and_data_unless_told_to_purge()
    {
        await InstallAsync("one");

        await ChildProcess.RunAsync("uninstall.sh", Repository.PathOf("scripts", "uninstall.sh"), ["--root", Root]);

        Assert.Multiple(() =>
        {
            Assert.That(PathOf("opt/asterisk-voiceai"), Does.Not.Exist);
            Assert.That(PathOf("usr/local/bin/voiceai"), Does.Not.Exist);
            Assert.That(PathOf("etc/systemd/system/asterisk-voiceai.service"), Does.Not.Exist);
            Assert.That(Settings, Does.Exist);
            Assert.That(PathOf("var/lib/asterisk-voiceai"), Does.Exist);
        });

        await ChildProcess.RunAsync("uninstall.sh", Repository.PathOf("scripts", "uninstall.sh"), ["--root", Root, "--purge"]);

        Assert.That(PathOf("etc/asterisk-voiceai"), Does.Not.Exist);
        Assert.That(PathOf("var/lib/asterisk-voiceai"), Does.Not.Exist);
    }

    [Test]
    public async Task Installed_settings_are_valid()
    {
        await InstallAsync("one");

        var loaded = Service.Configuration.ConfigurationLoader.Load(Settings, new Dictionary<string, string>());

        Assert.That(loaded.Problems, Is.Empty);
    }

    private string PathOf(string name) => Path.Combine(Root, name);

    private string Mode(string name) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(PathOf(name)), 8);

    /// <returns>What the script told.</returns>
    private async Task<string> InstallAsync(string version)
    {
        Directory.CreateDirectory(Published);
        var program = Path.Combine(Published, "voiceai");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho {version}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var script = ChildProcess.Start("install.sh", Repository.PathOf("scripts", "install.sh"), ["--root", Root, "--from", Published, "--no-models"]);
        Assert.That(await script.Exited.WaitAsync(TimeSpan.FromSeconds(60)), Is.Zero, script.ToString());
        return string.Join('\n', script.Lines);
    }
}
