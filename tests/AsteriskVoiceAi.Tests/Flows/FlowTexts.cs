using System.Runtime.CompilerServices;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Flows;

/// <summary>Flow files for tests.</summary>
internal static class FlowTexts
{
    /// <summary>The smallest flow there is: nine lines.</summary>
    public const string Small = """
        flow: main
        greeting: Hello.
        intents:
          sales:
            examples: [sales, buy something]
            do: [{transfer: {context: sales, extension: "601"}}]
          operator:
            examples: [operator, talk to a person]
            do: [{transfer: {context: support, extension: "600"}}]
        """;

    /// <summary>The demo flow at the root of the repository.</summary>
    public static string Demo([CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../flows/main.yaml"));

    public static LoadedFlow Load(string text)
    {
        var file = FlowFile.Parse(text, "main.yaml");
        Assert.That(file.Problems.Select(problem => problem.ToString()), Is.Empty);
        return new LoadedFlow(file.Flow!, IntentTraining.WordsOnly(NullLogger.Instance));
    }
}
