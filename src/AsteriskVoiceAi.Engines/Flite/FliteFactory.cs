using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Flite;

/// <summary>Finds <c>flite</c> with its configured voice, and <c>flite-VOICE</c> with any of its voices.</summary>
internal sealed class FliteFactory(EngineParts parts) : IEngineFactory<ISpeechSynthesizer>
{
    private const string Plain = "flite";

    /// <summary>Those that are as well understood over a telephone as a good neural voice, or nearly; it has more.</summary>
    public IReadOnlyList<string> Names { get; } = [Plain, Plain + "-rms", Plain + "-slt"];

    public bool Makes(string name) => name == Plain || name.StartsWith(Plain + "-", StringComparison.Ordinal);

    public LoadedEngine<ISpeechSynthesizer> Load(string name)
    {
        var flite = InstalledProgram.Find(Plain, parts);
        var voice = name == Plain ? parts.Options.FliteVoice : name[(Plain.Length + 1)..];
        var voices = flite.Probe.Ask("-lv");
        return voices.Split(' ', '\n').Contains(voice)
            ? new(new FliteSynthesizer(flite.Program, flite.Probe.Version(), voice), $"en, {flite.Path}, voice {voice}")
            : throw new SpeechEngineException($"flite has no voice '{voice}'; choose another in {(name == Plain ? "speech.flite-voice" : "speech.synthesizers")} ({voices.Trim()})");
    }
}
