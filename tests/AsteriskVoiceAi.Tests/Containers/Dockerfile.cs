using System.Text.RegularExpressions;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Containers;

/// <summary>The instructions of a Dockerfile, each on one line.</summary>
/// <param name="path">Below the root of the checkout.</param>
internal sealed partial class Dockerfile(string path)
{
    private readonly string[] _lines = [.. Continued().Replace(File.ReadAllText(Repository.PathOf(path)), " ").Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>What the last stage runs as.</summary>
    public string? User => Last("USER");

    public IReadOnlyDictionary<string, string> Environment => FinalStage.Where(line => line.StartsWith("ENV ", StringComparison.Ordinal))
        .SelectMany(line => Assignment().Matches(line))
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);

    /// <summary>Where files of the checkout end up in the last stage.</summary>
    public IEnumerable<string> Copied => FinalStage.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]);

    /// <summary>What it takes from the checkout.</summary>
    public IEnumerable<string> Sources => _lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]);

    private IEnumerable<string> FinalStage => _lines.Skip(Array.FindLastIndex(_lines, line => line.StartsWith("FROM ", StringComparison.Ordinal)));

    private string? Last(string instruction) => FinalStage.LastOrDefault(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))?[(instruction.Length + 1)..];

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"(\w+)=(\S+)")]
    private static partial Regex Assignment();
}
