using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Runs a voice in this process.</summary>
/// <param name="line">Shared by all voices, so that recognitions never wait behind prompts for all _workers.</param>
internal sealed class LocalSpeaker : ISentenceSpeaker
{
    private readonly PiperVoice _voice;
    private readonly PiperModel _model;
    private readonly IPhonemizer _phonemizer;
    private readonly BoundedLine _line;
    private readonly EngineWorkers _workers;

    public LocalSpeaker(PiperVoice voice, PiperModel model, IPhonemizer phonemizer, BoundedLine line, EngineWorkers workers)
    {
        (_voice, _model, _phonemizer, _line, _workers) = (voice, model, phonemizer, line, workers);
        Started = WarmUpAsync();
    }

    public Task Started { get; }

    public async Task<SpokenPrompt> SayAsync(Sentence sentence, CancellationToken cancellationToken)
    {
        var ids = _voice.Config.PhonemeIds.Of(await _phonemizer.SpellAsync(sentence.Clauses, cancellationToken));
        var scales = _voice.Scales with { Length = (float)(_voice.Scales.Length / sentence.Speed) };
        var sound = await _line.RunAsync(token => _workers.RunAsync(inner => _model.Speak(ids, scales, sentence.Speaker, inner), token), cancellationToken);
        return new(Round(sound), _voice.SampleRate);
    }

    public async ValueTask DisposeAsync()
    {
        await Started;
        _model.Dispose();
        await _phonemizer.DisposeAsync();
    }

    /// <summary>A first run takes several times as long as the next.</summary>
    private async Task WarmUpAsync()
    {
        try
        {
            await SayAsync(new([new("1, 2, 3", "", "1, 2, 3")], 1, _voice.Speaker), CancellationToken.None);
        }
        // The first prompt meets it again, and says it; or the service ends already.
        catch (Exception e) when (e is SpeechEngineException or InvalidOperationException or OperationCanceledException)
        {
        }
    }

    /// <summary>To 16 bits. Voices stay under full scale; what does not is cut off, and what is no number is silence.</summary>
    private static short[] Round(float[] sound)
    {
        var samples = new short[sound.Length];
        for (var i = 0; i < sound.Length; i++)
            samples[i] = float.IsFinite(sound[i]) ? (short)Math.Clamp(sound[i] * 32_767, short.MinValue, short.MaxValue) : (short)0;
        return samples;
    }
}
