using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Espeak;

/// <summary>Finds <c>espeak-ng</c>.</summary>
internal sealed class EspeakFactory(EngineParts parts) : IEngineFactory<ISpeechSynthesizer>
{
    public IReadOnlyList<string> Names { get; } = ["espeak-ng"];

    public LoadedEngine<ISpeechSynthesizer> Load(string name)
    {
        var espeak = InstalledProgram.Find("espeak-ng", parts);
        var voices = EspeakVoices.Parse(espeak.Probe.Ask("--voices"));
        return new(new EspeakSynthesizer(espeak.Program, espeak.Probe.Version(), voices), $"{voices.Count} languages, {espeak.Path}");
    }
}
