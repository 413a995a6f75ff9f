using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines.Recorded;

/// <summary>Reads the lists of <c>recorded</c>.</summary>
internal sealed class RecordedFactory(EngineParts parts) : IEngineFactory<ISpeechSynthesizer>
{
    public IReadOnlyList<string> Names { get; } = [RecordedPrompts.Engine];

    public LoadedEngine<ISpeechSynthesizer> Load(string name)
    {
        var recorded = new RecordedPrompts(parts.Options.RecordedPrompts);
        return new(recorded, $"{string.Join(", ", recorded.Languages)}, {recorded.Count} sentences in {Path.GetFullPath(parts.Options.RecordedPrompts)}");
    }
}
