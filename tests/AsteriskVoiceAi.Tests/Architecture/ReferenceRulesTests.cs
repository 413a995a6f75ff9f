using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Architecture;

/// <summary>The shape of the tree: who may see whom, and where things live.</summary>
[TestFixture]
public sealed class ReferenceRulesTests
{
    // Project → projects of ours that it may refer to, directly or through others.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["AsteriskVoiceAi.Audio"] = [],
        ["AsteriskVoiceAi.Calls"] = ["AsteriskVoiceAi.Audio"],
        ["AsteriskVoiceAi.Asterisk"] = ["AsteriskVoiceAi.Audio", "AsteriskVoiceAi.Calls"],
        ["AsteriskVoiceAi.Engines"] = ["AsteriskVoiceAi.Audio", "AsteriskVoiceAi.Calls"],
        ["AsteriskVoiceAi.ContactCenters"] = ["AsteriskVoiceAi.Audio", "AsteriskVoiceAi.Calls"],
        ["AsteriskVoiceAi.Service"] = ["AsteriskVoiceAi.Audio", "AsteriskVoiceAi.Calls", "AsteriskVoiceAi.Asterisk", "AsteriskVoiceAi.Engines", "AsteriskVoiceAi.ContactCenters"],
    };

    // Outside systems: their words stay in their adapters.
    private static readonly string[] Vendors =
        ["Asterisk", "FastAgi", "Stasis", "AudioSocket", "Twilio", "Amazon", "Genesys", "Whisper", "Moonshine", "Piper", "Flite", "Espeak", "Silero", "Onnx"];

    private static readonly string[] Projects = [.. Directory.EnumerateDirectories(Repository.PathOf("src")).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any()).Select(folder => Path.GetFileName(folder)).Order()];

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Regex.IsMatch(file, @"[/\\](bin|obj)[/\\]"));

    [TestCaseSource(nameof(Projects))]
    public void Project_refers_only_to_those_below_it(string project)
    {
        Assert.That(Allowed, Does.ContainKey(project), "A new project needs a rule here.");
        var file = XDocument.Load(Repository.PathOf("src", project, project + ".csproj"));
        var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.That(references, Is.SubsetOf(Allowed[project]));
    }

    [TestCaseSource(nameof(Projects))]
    public void Folder_is_namespace(string project)
    {
        var wrong = new List<string>();
        foreach (var file in Sources(project))
        {
            var relative = Path.GetRelativePath(Repository.PathOf("src", project), Path.GetDirectoryName(file)!);
            var expected = relative == "." ? project : $"{project}.{relative.Replace(Path.DirectorySeparatorChar, '.')}";
            var declared = Regex.Match(File.ReadAllText(file), @"^namespace ([\w.]+)", RegexOptions.Multiline);
            // Top-level statements and assembly attributes have no namespace.
            if (declared.Success && declared.Groups[1].Value != expected)
                wrong.Add($"{Path.GetRelativePath(Repository.Root, file)} declares {declared.Groups[1].Value}");
        }
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Calls_names_no_outside_system()
    {
        var named = Types("AsteriskVoiceAi.Calls").Where(type => Vendors.Any(vendor => type.Name.Contains(vendor, StringComparison.OrdinalIgnoreCase))).Select(type => type.FullName);
        Assert.That(named, Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void Classes_are_sealed_unless_something_derives_from_them(string project)
    {
        var types = Types(project).ToArray();
        var open = types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !types.Any(other => DerivesFrom(other, type)))
            .Select(type => type.FullName);
        Assert.That(open, Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void No_type_bears_its_namespace_s_name(string project)
    {
        var twins = Types(project).Where(type => type.Namespace?.Split('.')[^1] == type.Name).Select(type => type.FullName);
        Assert.That(twins, Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void Nothing_is_called_helper_or_manager(string project)
    {
        var vague = Types(project).Where(type => Regex.IsMatch(type.Name, "(Utils?|Helpers?|Common|Manager)$")).Select(type => type.FullName);
        var folders = Sources(project).Select(file => Path.GetRelativePath(Repository.Root, file)).Where(file => Regex.IsMatch(file, @"[/\\](Utils?|Helpers?|Common)[/\\]"));
        Assert.That(vague.Concat(folders), Is.Empty);
    }

    private static IEnumerable<Type> Types(string project) =>
        Assembly.Load(project == "AsteriskVoiceAi.Service" ? "voiceai" : project).GetTypes()
            .Where(type => type.Namespace?.StartsWith("AsteriskVoiceAi", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal));

    private static bool DerivesFrom(Type type, Type ancestor)
    {
        for (var b = type.BaseType; b is not null; b = b.BaseType)
        {
            if ((b.IsGenericType ? b.GetGenericTypeDefinition() : b) == ancestor)
                return true;
        }
        return false;
    }
}
