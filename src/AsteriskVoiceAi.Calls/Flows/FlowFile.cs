using System.Security.Cryptography;
using System.Text;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>A flow file as read: the flow, or everything that is wrong with it.</summary>
public sealed record FlowFile(Flow? Flow, IReadOnlyList<FlowProblem> Problems)
{
    /// <summary>Twelve hexadecimal digits that depend on the file's bytes alone (the beginning of their SHA-256); empty = it could not be read.</summary>
    public string Version { get; private init; } = "";

    /// <summary>UTF-8 takes at most four bytes a character.</summary>
    private const long MaxBytes = 4L * YamlReader.MaxCharacters;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads and checks a file. What is wrong with it is a problem, never an exception.</summary>
    public static FlowFile Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxBytes)
                return Refused(path, $"{length} bytes", $"at most {MaxBytes}");
            var bytes = File.ReadAllBytes(path);
            return Parse(StrictUtf8.GetString(bytes).TrimStart('\uFEFF'), path, Path.GetFileNameWithoutExtension(path)) with { Version = VersionOf(bytes) };
        }
        catch (DecoderFallbackException)
        {
            return Refused(path, "bytes that are not UTF-8", "a text file in UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(path, $"no way to read it ({e.Message})", "a file that the service may read");
        }
    }

    /// <summary>Checks a text.</summary>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="name">What the flow has to be called; null = anything.</param>
    public static FlowFile Parse(string text, string file, string? name = null)
    {
        var problems = new List<FlowProblem>();
        var root = YamlReader.Read(text, file, problems);
        if (root is not null)
        {
            var names = new FlowNames(root);
            new ShapeCheck(file, names, problems).Check(root, FlowShape.Root);
            new FlowChecks(file, root, problems).Check(name);
            new WebhookChecks(file, root, names, problems).Check();
        }
        return problems.Count > 0
            ? new FlowFile(null, [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)])
            : new FlowFile(new FlowBuilder(root!).Build(), []);
    }

    private static string VersionOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));

    private static FlowFile Refused(string path, string found, string expected) => new(null, [new FlowProblem(path, 1, 1, found, expected)]);
}
