using System.CommandLine;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary>Commands that print what the program knows about its own files.</summary>
internal static class ReferenceCommands
{
    /// <summary><c>voiceai config reference|sample</c>.</summary>
    public static Command Config()
    {
        var reference = new Command("reference", "Print every key of voiceai.yaml with type, default and range (docs/configuration.md).");
        reference.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(ConfigurationReference.Page<VoiceAiOptions>()));
        var sample = new Command("sample", "Print a commented voiceai.yaml with every default.");
        sample.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(ConfigurationReference.Sample<VoiceAiOptions>()));
        return new Command("config", "About the configuration file.") { reference, sample };
    }

    /// <summary><c>voiceai schema</c>.</summary>
    public static Command Schema()
    {
        var schema = new Command("schema", "Print the JSON schema of flow files, for editors.");
        schema.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(FlowSchema.Json));
        return schema;
    }
}
