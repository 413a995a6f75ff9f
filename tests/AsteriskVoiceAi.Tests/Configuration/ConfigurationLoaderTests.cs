using System.Globalization;
using AsteriskVoiceAi.Service.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Configuration;

[TestFixture]
public sealed class ConfigurationLoaderTests
{
    private static LoadedConfiguration<ParcelOptions> Read(string yaml, params (string, string)[] environment) =>
        ConfigurationLoader.Read<ParcelOptions>(yaml, "voiceai.yaml", environment.ToDictionary(v => v.Item1, v => v.Item2));

    private static string OnlyProblem(string yaml, params (string, string)[] environment)
    {
        var problems = Read(yaml, environment).Problems;
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        return problems[0].ToString();
    }

    [Test]
    public void Every_kind_of_value_is_read()
    {
        var loaded = Read("""
            # a comment
            depot:
              port: 5000
              load-factor: 2.5
              is-open: no
              end-silence: 900ms
              server: http://127.0.0.1:8088/ari
              shift: late
              gates: [ south, "east gate" ]
              keeper: "Zoë: the 2nd"
              door-password: s3cret
              limit: 7
              yard: { max-calls: 3 }
            van:
              plate: XY99
            """);
        var depot = loaded.Options.Depot;
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Problems, Is.Empty);
            Assert.That(depot.Port, Is.EqualTo(5000));
            Assert.That(depot.LoadFactor, Is.EqualTo(2.5));
            Assert.That(depot.IsOpen, Is.False);
            Assert.That(depot.EndSilence, Is.EqualTo(TimeSpan.FromMilliseconds(900)));
            Assert.That(depot.Server, Is.EqualTo(new Uri("http://127.0.0.1:8088/ari")));
            Assert.That(depot.Shift, Is.EqualTo(ShiftOfDay.Late));
            Assert.That(depot.Gates, Is.EqualTo(new[] { "south", "east gate" }));
            Assert.That(depot.Keeper, Is.EqualTo("Zoë: the 2nd"));
            Assert.That(depot.DoorPassword, Is.EqualTo("s3cret"));
            Assert.That(depot.Limit, Is.EqualTo(7));
            Assert.That(depot.Yard.MaxCalls, Is.EqualTo(3));
            Assert.That(loaded.Options.Van.Plate, Is.EqualTo("XY99"));
        });
    }

    [TestCase("")]
    [TestCase("# nothing but this")]
    [TestCase("depot:\nvan:\n")]
    public void Empty_file_gives_the_defaults(string yaml)
    {
        var loaded = Read(yaml);
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.Options.Depot.Port, Is.EqualTo(4573));
    }

    [TestCase("700ms", 700)]
    [TestCase("2.5s", 2500)]
    [TestCase("0.01m", 600)]
    [TestCase("00:00:01.5", 1500)]
    [TestCase("0:00:02", 2000)]
    public void Durations_have_units(string text, int milliseconds) =>
        Assert.That(Read($"depot: {{ end-silence: \"{text}\" }}").Options.Depot.EndSilence.TotalMilliseconds, Is.EqualTo(milliseconds));

    [TestCase("VOICEAI__DEPOT__YARD__MAX_CALLS")]
    [TestCase("VOICEAI__DEPOT__YARD__MAXCALLS")]
    [TestCase("voiceai__depot__yard__max_calls")]
    [TestCase("VoiceAi__Depot__Yard__MaxCalls")]
    public void Environment_overrides_the_file_in_any_spelling(string variable)
    {
        var loaded = Read("depot: { yard: { max-calls: 3 } }", (variable, "25"));
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.Options.Depot.Yard.MaxCalls, Is.EqualTo(25));
        Assert.That(loaded.Source, Is.EqualTo("voiceai.yaml and 1 environment variable"));
    }

    [Test]
    public void Lists_in_the_environment_are_separated_by_commas() =>
        Assert.That(Read("", ("VOICEAI__DEPOT__GATES", "south, west")).Options.Depot.Gates, Is.EqualTo(new[] { "south", "west" }));

    [Test]
    public void Empty_variable_is_no_number() => Assert.That(Read("", ("VOICEAI__DEPOT__PORT", "")).Problems, Is.Empty);

    [Test]
    public void Other_variables_are_left_alone() => Assert.That(Read("", ("VOICEAI_STATE", "x"), ("PATH", "y")).Problems, Is.Empty);

    [Test]
    public void Unknown_key_names_line_and_nearest() =>
        Assert.That(OnlyProblem("depot:\n  port: 1\n  prot: 2\n"), Does.StartWith("voiceai.yaml, line 3: depot has no key \"prot\". The nearest is \"port\". Known are: port, load-factor,"));

    [Test]
    public void Unknown_section_names_line_and_nearest() =>
        Assert.That(OnlyProblem("vans:\n  plate: AB1\n"), Is.EqualTo("voiceai.yaml, line 1: There is no section \"vans\". The nearest is \"van\". Known are: depot, van."));

    [Test]
    public void Key_in_another_spelling_is_unknown_in_the_file() =>
        Assert.That(OnlyProblem("depot: { loadFactor: 1 }"), Does.Contain("The nearest is \"load-factor\"."));

    [Test]
    public void Unknown_variable_names_the_nearest() =>
        Assert.That(OnlyProblem("", ("VOICEAI__DEPOT__PROT", "1")), Does.StartWith("environment variable VOICEAI__DEPOT__PROT: depot has no key \"PROT\". The nearest is VOICEAI__DEPOT__PORT."));

    [TestCase("port: 99999", "depot.port is 99999, but must be 1 to 65535.")]
    [TestCase("port: many", "depot.port is \"many\", but must be a whole number.")]
    [TestCase("port: 99999999999", "depot.port is \"99999999999\", but must be a whole number.")]
    [TestCase("port:", "depot.port is left empty, but must be a whole number.")]
    [TestCase("port: [1, 2]", "depot.port is a list, but must be a whole number.")]
    [TestCase("load-factor: NaN", "depot.load-factor is \"NaN\", but must be a number.")]
    [TestCase("is-open: maybe", "depot.is-open is \"maybe\", but must be true or false.")]
    [TestCase("end-silence: 700", "depot.end-silence is \"700\", but must be a duration such as 700ms, 5s, 2m or 00:00:05.")]
    [TestCase("end-silence: 100ms", "depot.end-silence is 100ms, but must be 200ms to 3s.")]
    [TestCase("end-silence: 99999999999d", "depot.end-silence is \"99999999999d\", but must be a duration such as 700ms, 5s, 2m or 00:00:05.")]
    [TestCase("server: /ari", "depot.server is \"/ari\", but must be a URL such as http://127.0.0.1:8088/.")]
    [TestCase("shift: night", "depot.shift is \"night\", but must be one of early-morning, late.")]
    [TestCase("gates: { north: 1 }", "depot.gates is a section, but must be a list, each entry text.")]
    [TestCase("keeper: \"\"", "depot.keeper must be given.")]
    [TestCase("yard: 5", "depot.yard is a single value, but must be a section with keys of its own.")]
    [TestCase("limit: 5000", "depot.limit: 5000 is more than the port, which makes no sense.")]
    public void Wrong_value_says_what_was_found_and_what_is_allowed(string line, string message) =>
        Assert.That(OnlyProblem($"depot:\n  {line}\n"), Is.EqualTo($"voiceai.yaml, line 2: {message}"));

    [Test]
    public void Wrong_value_of_a_variable_names_the_variable() =>
        Assert.That(OnlyProblem("depot: { port: 7 }", ("VOICEAI__DEPOT__PORT", "0")), Is.EqualTo("environment variable VOICEAI__DEPOT__PORT: depot.port is 0, but must be 1 to 65535."));

    [Test]
    public void All_problems_are_reported()
    {
        var problems = Read("depot:\n  port: 0\n  prot: 1\nvan:\n  plate: x\n", ("VOICEAI__NOWHERE", "1")).Problems;
        Assert.That(problems.Select(p => p.Location), Is.EquivalentTo(new[] { "voiceai.yaml, line 2", "voiceai.yaml, line 3", "voiceai.yaml, line 5", "environment variable VOICEAI__NOWHERE" }));
    }

    [TestCase("depot: [", "line 1")]
    [TestCase("depot:\n  port: 1\n port: 2\n", "line 3")]
    [TestCase("depot:\n  port: 1\n  port: 2\n", "line 3")]
    [TestCase("depot: &a { port: 1 }\n", "line 1")]
    [TestCase("- depot\n", "line 1")]
    [TestCase("depot: { port: 1 }\n---\ndepot: { port: 2 }\n", "line 3")]
    public void What_is_no_such_file_is_reported_with_its_line(string yaml, string line) => Assert.That(OnlyProblem(yaml), Does.StartWith($"voiceai.yaml, {line}: "));

    [TestCase("depot: { door-password: [ hunter2 ] }")]
    [TestCase("depot: { port: 'http://me:hunter2@there/' }")]
    public void Secrets_are_not_shown(string yaml) => Assert.That(OnlyProblem(yaml), Does.Not.Contain("hunter2"));

    [Test]
    public void File_that_is_not_there_is_a_problem()
    {
        var loaded = ConfigurationLoader.Load("/nowhere/voiceai.yaml", new Dictionary<string, string>());
        Assert.That(loaded.Problems.Single().ToString(), Does.StartWith("/nowhere/voiceai.yaml: The file can't be read"));
    }

    [Test]
    public void No_file_and_no_variables_give_the_defaults()
    {
        var loaded = ConfigurationLoader.Load(null, new Dictionary<string, string>());
        Assert.That(loaded.IsValid, Is.True);
        Assert.That(loaded.Options.Http.Port, Is.EqualTo(8090));
    }

    [Test]
    public void Units_do_not_depend_on_the_machine_s_language()
    {
        var culture = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.That(Read("depot: { load-factor: 1.5, end-silence: 0.3s }").Problems, Is.Empty);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestCase(" :\t|")]
    [TestCase("? [a---")]
    public void Text_that_misleads_the_parser_is_reported(string yaml) => Assert.That(OnlyProblem(yaml), Does.Contain("This is no YAML"));

    [Test]
    public void No_text_makes_the_loader_throw()
    {
        var pieces = Gen.Elements("depot", "van", "port", ":", " ", "\n", "  ", "- ", "{", "}", "[", "]", ",", "\"", "'", "&a ", "*a", "!!int ", "|", ">", "#", "? ", "---\n", "%YAML 1.2\n", "\t", "\0", "ü", "0x1F", "~", "@", "`", "<<: ", "\u2028", "\ud800", "1");
        var yaml = pieces.ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
        var config = Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60);
        Prop.ForAll(yaml, text => Read(text) is not null).Check(config);
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Read(text ?? "") is not null).Check(config);
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<string>(), (name, value) => Read("", ($"VOICEAI__DEPOT__{name}", value ?? "")) is not null).Check(config);
    }

    [Test]
    public void Deep_nesting_is_refused() => Assert.That(OnlyProblem(new string('[', 100_000)), Does.Contain("Nested more than 32 levels deep"));
}
