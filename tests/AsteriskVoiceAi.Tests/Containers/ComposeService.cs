using AsteriskVoiceAi.TestSupport.Processes;
using YamlDotNet.RepresentationModel;

namespace AsteriskVoiceAi.Tests.Containers;

/// <summary>One service of docker/compose.yaml.</summary>
internal sealed class ComposeService(string name, YamlMappingNode node)
{
    public static IReadOnlyList<ComposeService> All { get; } = Read("compose.yaml");

    public string Name => name;

    public string? this[string key] => node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;

    public IReadOnlyList<string> Keys => [.. node.Children.Keys.Select(Text)];

    public IReadOnlyList<string> List(string key) => node.Children.TryGetValue(key, out var value) ? [.. ((YamlSequenceNode)value).Select(Text)] : [];

    public YamlMappingNode Section(string key) => node.Children.TryGetValue(key, out var value) ? (YamlMappingNode)value : [];

    public IReadOnlyDictionary<string, string> Environment => Section("environment").ToDictionary(pair => Text(pair.Key), pair => Text(pair.Value), StringComparer.Ordinal);

    public Dockerfile Image => new(Text(Section("build")["dockerfile"]));

    /// <summary>Where it may write: named volumes and memory, not what is mounted read-only.</summary>
    public IEnumerable<string> WritablePlaces =>
    [
        .. List("volumes").Select(volume => volume.Split(':')).Where(parts => parts.Length == 2).Select(parts => parts[1]),
        .. List("tmpfs").Select(place => place.Split(':')[0]),
    ];

    public override string ToString() => name;

    public static IReadOnlyList<ComposeService> Read(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Repository.PathOf("docker", file));
        stream.Load(reader);
        var services = (YamlMappingNode)stream.Documents[0].RootNode["services"];
        return [.. services.Select(pair => new ComposeService(Text(pair.Key), (YamlMappingNode)pair.Value))];
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
