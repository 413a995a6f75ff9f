namespace AsteriskVoiceAi.Benchmarks.Media;

/// <summary>A flow that speaks for most of a minute (a text may have 1000 characters): sound both ways for as long as a measurement takes, with the service doing all that it does while it speaks.</summary>
internal sealed class LongGreeting : IDisposable
{
    private const string Sentence = "Your call is important to us, and one of our representatives will be with you in just a few moments, so please stay on the line. ";

    private LongGreeting(string folder) => Folder = folder;

    public string Folder { get; }

    public static LongGreeting Write()
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-flows-").FullName;
        File.WriteAllText(Path.Combine(folder, "main.yaml"), $$"""
            flow: main
            language: en-US
            greeting: {{string.Concat(Enumerable.Repeat(Sentence, 7)).Trim()}}
            no-input: { after: 60s, prompts: [ "Are you still there?" ], then: operator }
            no-match: { prompts: [ "Sorry, I didn't get that." ], then: operator }
            intents:
              operator:
                keys: "0"
                examples: [ talk to a person, agent please, customer service ]
                do:
                  - hang-up: Goodbye.

            """);
        return new LongGreeting(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
