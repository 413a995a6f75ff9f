using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Flite;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.Engines.Recorded;
using AsteriskVoiceAi.Engines.Remote;

namespace AsteriskVoiceAi.Engines;

/// <summary>Everything that can speak.</summary>
internal sealed class SynthesizerFactories(EngineParts parts) : IDisposable
{
    private readonly PiperFactory _piper = new(parts);

    public IReadOnlyList<IEngineFactory<ISpeechSynthesizer>> All =>
        [new FliteFactory(parts), _piper, new EspeakFactory(parts), new RemoteSpeechFactory(parts), new RecordedFactory(parts)];

    /// <summary>The configured ones, and after them what somebody has recorded.</summary>
    public static IReadOnlyList<string> Names(SpeechOptions options) =>
        [.. options.Synthesizers, .. Directory.Exists(options.RecordedPrompts) && !options.Synthesizers.Contains(RecordedPrompts.Engine) ? [RecordedPrompts.Engine] : Array.Empty<string>()];

    public void Dispose() => _piper.Dispose();
}
