using System.Globalization;
using System.Text.RegularExpressions;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Containers;

/// <summary>docker/compose.yaml and what it builds, as files; scripts/prove-compose.sh runs them.</summary>
[TestFixture]
public sealed partial class CompositionTests
{
    private static IReadOnlyList<ComposeService> Services => ComposeService.All;

    private static IEnumerable<string> Names => Services.Select(service => service.Name);

    private static ComposeService Named(string name) => Services.Single(service => service.Name == name);

    private static Dictionary<string, string> EnvironmentOf(ComposeService service) =>
        service.Image.Environment.Concat(service.Environment).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void Container_has_no_rights_and_nothing_to_write_to(string name) => Assert.Multiple(() =>
    {
        var container = Named(name);
        Assert.That(container["read_only"], Is.EqualTo("true"));
        Assert.That(container.List("cap_drop"), Is.EqualTo(["ALL"]));
        Assert.That(container.List("security_opt"), Is.EqualTo(["no-new-privileges:true"]));
        Assert.That(container.Keys, Has.None.AnyOf("privileged", "cap_add", "devices", "network_mode", "pid", "ipc", "userns_mode"));
        Assert.That(container["pids_limit"], Is.Not.Null);
    });

    [TestCaseSource(nameof(Names))]
    public void Container_runs_as_the_user_of_its_image_who_is_nobody_on_the_host(string name)
    {
        var container = Named(name);
        Assert.That(container["user"], Is.EqualTo(container.Image.User));
        Assert.That(int.Parse(container["user"]!.Split(':')[0], CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(10000));
    }

    [Test]
    public void Containers_run_as_different_users() => Assert.That(Services.Select(service => service["user"]), Is.Unique);

    [TestCaseSource(nameof(Names))]
    public void Program_of_the_health_check_is_in_the_image(string name)
    {
        var container = Named(name);
        var test = container.Section("healthcheck")["test"].AllNodes.Skip(1).Select(node => node.ToString()).ToArray();
        Assert.That(test, Has.Length.EqualTo(2));
        Assert.That(container.Image.Copied, Does.Contain("/usr/local/bin/" + test[1]));
    }

    [Test]
    public void Service_waits_until_Asterisk_is_healthy() =>
        Assert.That(Named("voiceai").Section("depends_on")["asterisk"]["condition"].ToString(), Is.EqualTo("service_healthy"));

    [TestCaseSource(nameof(Names))]
    public void Image_takes_only_what_the_checkout_has(string name) =>
        Assert.That(Named(name).Image.Sources.Select(source => Repository.PathOf(source)).Where(path => !Path.Exists(path)), Is.Empty);

    [Test]
    public void Settings_of_the_service_are_in_the_reference()
    {
        var known = OptionKey.Settings(OptionKey.Of(typeof(VoiceAiOptions))).Select(key => key.Variable).ToHashSet(StringComparer.Ordinal);
        var given = Services.Concat(ComposeService.Read("compose.secrets.yaml"))
            .SelectMany(service => service.Environment.Keys)
            .Concat(Services.SelectMany(service => service.Image.Environment.Keys))
            .Where(name => name.StartsWith(ConfigurationLoader.Prefix, StringComparison.Ordinal))
            .ToArray();
        Assert.That(given, Is.Not.Empty);
        Assert.That(given.Where(name => !known.Contains(name)), Is.Empty);
    }

    [Test]
    public void Settings_of_the_service_are_valid_together()
    {
        var service = Named("voiceai");
        var loaded = ConfigurationLoader.Load(Repository.PathOf("docker", "voiceai.yaml"), EnvironmentOf(service));
        Assert.That(loaded.Problems, Is.Empty);
    }

    [Test]
    public void Folders_that_the_service_writes_to_are_on_volumes()
    {
        var service = Named("voiceai");
        var settings = ConfigurationLoader.Load(Repository.PathOf("docker", "voiceai.yaml"), EnvironmentOf(service)).Options;
        string?[] folders = [settings.Speech.ModelsFolder, settings.Speech.PreparedModelsFolder, settings.Recording.Folder, settings.Prompts.Folder, settings.Flows.VectorsFolder];
        Assert.That(folders.Where(folder => !service.WritablePlaces.Any(place => (folder + "/").StartsWith(place + "/", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Settings_of_Asterisk_are_known_to_what_starts_it()
    {
        var readers = File.ReadAllText(Repository.PathOf("scripts", "asterisk.sh")) + File.ReadAllText(Repository.PathOf("docker", "asterisk-start.sh"));
        var given = Named("asterisk").Environment.Keys;
        Assert.That(given.Where(name => !readers.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Settings_of_the_operator_are_explained()
    {
        var guide = File.ReadAllText(Repository.PathOf("docker", "README.md"));
        var asked = Asked().Matches(File.ReadAllText(Repository.PathOf("docker", "compose.yaml"))).Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.That(asked, Does.Contain("VOICEAI_ADVERTISE"));
        Assert.That(asked.Where(name => !guide.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Secrets_are_in_files_only() =>
        Assert.That(Services.Concat(ComposeService.Read("compose.secrets.yaml")).SelectMany(service => service.Environment.Keys)
            .Concat(Services.SelectMany(service => service.Image.Environment.Keys)).Where(name => Secret().IsMatch(name)), Is.Empty);

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Asked();

    [GeneratedRegex("(PASSWORD|SECRET|TOKEN|KEY)$")]
    private static partial Regex Secret();
}
