using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Benchmarks.Latency;

/// <summary>The demo flow with short answers: the time to a reply is the same, and a call of many turns takes a third of the time.</summary>
internal sealed class ShortAnswers : IDisposable
{
    private static readonly (string Long, string Short)[] Texts =
    [
        ("Thanks for calling Fabrikam Parcels. How can I help you today?", "How can I help?"),
        ("We're open Monday to Friday from eight to six, and Saturday from nine to one.", "We're open from eight to six."),
        ("Is there anything else I can do for you?", "Anything else?"),
    ];

    private ShortAnswers(string folder) => Folder = folder;

    public string Folder { get; }

    public static ShortAnswers Write()
    {
        var flow = File.ReadAllText(Repository.PathOf("flows", "main.yaml"));
        foreach (var (text, brief) in Texts)
        {
            if (!flow.Contains(text, StringComparison.Ordinal))
                throw new InvalidOperationException($"flows/main.yaml does not say \"{text}\" any more: adapt the benchmark.");
            flow = flow.Replace(text, brief, StringComparison.Ordinal);
        }
        var folder = Directory.CreateTempSubdirectory("voiceai-flows-").FullName;
        File.WriteAllText(Path.Combine(folder, "main.yaml"), flow);
        return new ShortAnswers(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
