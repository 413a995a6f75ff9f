using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Runs a voice in this process.</summary>
/// <param name="line">Shared by all voices, so that recognitions never wait behind prompts for all workers.</param>
internal sealed class LocalSpeaker(PiperVoice voice, PiperModel model, IPhonemizer phonemizer, BoundedLine line, EngineWorkers workers) : ISentenceSpeaker
{
    public async Task<SpokenPrompt> SayAsync(Sentence sentence, CancellationToken cancellationToken)
    {
        var ids = voice.Config.PhonemeIds.Of(await phonemizer.SpellAsync(sentence.Clauses, cancellationToken));
        var scales = voice.Scales with { Length = (float)(voice.Scales.Length / sentence.Speed) };
        var sound = await line.RunAsync(token => workers.RunAsync(inner => model.Speak(ids, scales, sentence.Speaker, inner), token), cancellationToken);
        return new(Round(sound), voice.SampleRate);
    }

    public async ValueTask DisposeAsync()
    {
        model.Dispose();
        await phonemizer.DisposeAsync();
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
