using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Flite;

/// <summary>Finds <c>flite</c> and its configured voice.</summary>
internal sealed class FliteFactory(EngineParts parts) : IEngineFactory<ISpeechSynthesizer>
{
    public IReadOnlyList<string> Names { get; } = ["flite"];

    public LoadedEngine<ISpeechSynthesizer> Load(string name)
    {
        var flite = InstalledProgram.Find("flite", parts);
        var voice = parts.Options.FliteVoice;
        var voices = flite.Probe.Ask("-lv");
        return voices.Contains($" {voice} ", StringComparison.Ordinal)
            ? new(new FliteSynthesizer(flite.Program, flite.Probe.Version(), voice), $"{flite.Path}, voice {voice}")
            : throw new SpeechEngineException($"flite has no voice '{voice}'; set Speech:FliteVoice ({voices.Trim()})");
    }
}
