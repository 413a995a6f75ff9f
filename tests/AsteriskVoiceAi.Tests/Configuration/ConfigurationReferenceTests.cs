using System.Text.RegularExpressions;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Configuration;

[TestFixture]
public sealed class ConfigurationReferenceTests
{
    [Test]
    public async Task Documentation_is_what_the_program_says()
    {
        var file = Repository.PathOf("docs", "configuration.md");
        var page = ConfigurationReference.Page<VoiceAiOptions>();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, page);
        Assert.That(File.Exists(file) ? await File.ReadAllTextAsync(file) : "", Is.EqualTo(page), "Run this test with UPDATE_DOCS=1, or voiceai config reference > docs/configuration.md.");
    }

    [Test]
    public void Every_setting_of_the_service_is_described()
    {
        var silent = OptionKey.Settings(OptionKey.Of(typeof(VoiceAiOptions))).Where(key => key.Description.Length == 0).Select(key => key.Path);
        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void Table_tells_type_default_and_limits()
    {
        var tables = ConfigurationReference.Tables<ParcelOptions>();
        Assert.Multiple(() =>
        {
            Assert.That(tables, Does.Contain("## depot\n\nWhere parcels go.\n"));
            Assert.That(tables, Does.Contain("| `depot.port` | whole number | `4573` | 1 to 65535 | TCP port. |"));
            Assert.That(tables, Does.Contain("| `depot.load-factor` | number | `1` | 0.5 to 2.5 | Parcels at once \\| at most. |"));
            Assert.That(tables, Does.Contain("| `depot.end-silence` | duration | `700ms` | 200ms to 3s |"));
            Assert.That(tables, Does.Contain("| `depot.shift` | one of | `early-morning` | early-morning, late |"));
            Assert.That(tables, Does.Contain("| `depot.server` | URL | none |"));
            Assert.That(tables, Does.Contain("| `depot.yard.max-calls` | whole number | `10` |"));
        });
    }

    [Test]
    public void Sample_is_a_file_that_changes_nothing()
    {
        var sample = ConfigurationReference.Sample<ParcelOptions>();
        // "#key: value" is a setting, "# words" a comment.
        var uncommented = Regex.Replace(sample, "^( *)#(?! )", "$1", RegexOptions.Multiline);
        foreach (var yaml in new[] { sample, uncommented })
        {
            var loaded = ConfigurationLoader.Read<ParcelOptions>(yaml, "voiceai.yaml", new Dictionary<string, string>());
            Assert.That(loaded.Problems, Is.Empty, yaml);
            Assert.That(ConfigurationReference.Sample<ParcelOptions>(), Is.EqualTo(sample));
            Assert.That(loaded.Options.Depot.Gates, Is.EqualTo(new ParcelOptions().Depot.Gates));
            Assert.That(loaded.Options.Depot.EndSilence, Is.EqualTo(new ParcelOptions().Depot.EndSilence));
        }
    }

    [TestCase("MaxCalls", "max-calls")]
    [TestCase("URLBase", "url-base")]
    [TestCase("BaseURL", "base-url")]
    [TestCase("Port", "port")]
    public void Keys_are_written_in_kebab_case(string property, string key) => Assert.That(OptionKey.Kebab(property), Is.EqualTo(key));

    [TestCase("port", "prot", 1)]
    [TestCase("port", "ports", 1)]
    [TestCase("port", "port", 0)]
    [TestCase("", "port", 4)]
    [TestCase("maxcalls", "maxlines", 4)]
    public void Distance_counts_letters_to_change(string a, string b, int distance) => Assert.That(EditDistance.Between(a, b), Is.EqualTo(distance));
}
