using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>A Piper voice: speech that sounds human, at a tenth of a core for each second that somebody talks.</summary>
internal sealed class PiperSynthesizer(PiperTerms terms, ISentenceSpeaker speaker) : ISpeechSynthesizer, IAsyncDisposable
{
    private const int RateOfNothing = 16_000;

    /// <summary>Between two sentences of one prompt: voices leave hardly any themselves.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string Name => terms.Name;

    public IReadOnlyList<string> Voices => terms.Voices;

    public Task Started => speaker.Started;

    public bool Speaks(string language) => terms.Languages.Contains(LanguageTag.Primary(language));

    public async ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sentences = Clauses.Sentences(SpeakableText.Clean(prompt.Text));
        if (sentences.Count == 0)
            return new(ReadOnlyMemory<short>.Empty, RateOfNothing);
        var speed = Math.Clamp(prompt.Speed, 0.5, 2);
        var number = terms.SpeakerNumber(prompt.Voice?.Split('/', 2) is [_, var named] ? named : null);
        List<short> samples = [];
        var rate = RateOfNothing;
        foreach (var clauses in sentences)
        {
            var spoken = await speaker.SayAsync(new(clauses, speed, number), cancellationToken);
            if (samples.Count > 0)
                samples.AddRange(new short[(int)(Pause.TotalSeconds * rate)]);
            samples.AddRange(spoken.Samples.Span);
            rate = spoken.SampleRate;
        }
        // Piper's own programs stretch each sentence to full scale, so that levels jump; here all get the same loudness.
        var polished = PromptPolish.Polish([.. samples], rate);
        return polished.Length > 0 ? new(polished, rate) : throw new SpeechEngineException($"{Name} made no sound of a text with words");
    }

    public ValueTask DisposeAsync() => speaker.DisposeAsync();
}
