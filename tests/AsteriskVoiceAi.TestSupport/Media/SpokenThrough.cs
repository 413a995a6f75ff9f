using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.TestSupport.Media;

/// <summary>A sentence as the service heard it.</summary>
internal sealed record HeardSentence(string Text, short[] Samples, int SampleRate);

/// <summary>What came of sentences that a caller said over a line, good or bad.</summary>
internal sealed record SpokenThrough(IReadOnlyList<HeardSentence> Sentences, MediaCounters Counters, ImpairmentCounts Line)
{
    /// <summary>After each sentence: longer than any delay on the way.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    /// <summary>Human voices with known words, of a length that a caller says in one go.</summary>
    public static async Task<IReadOnlyList<(string Text, short[] Samples)>> SentencesAsync(int count)
    {
        var sentences = new List<(string, short[])>();
        foreach (var (name, text) in HumanPrompts.Texts.Where(prompt => prompt.Value.Split(' ').Length >= 3 && prompt.Value.IndexOfAny(['[', '(']) < 0))
        {
            var samples = await HumanPrompts.ReadAsync(name);
            if (samples.Length is >= 8000 and <= 5 * 8000 && sentences.Count < count)
                sentences.Add((text, samples));
        }
        return sentences;
    }

    /// <summary>Has a caller say them one after the other, and cuts what the service hears at the same places.</summary>
    public static async Task<SpokenThrough> RunAsync(MediaLab lab, MediaPath path, SipCallerOptions caller, IReadOnlyList<(string Text, short[] Samples)> sentences)
    {
        await using var call = await lab.CallAsync(path, caller);
        var heard = new List<HeardSentence>();
        // Past the beginning of the call, in which Asterisk learns where the phone is.
        await call.Service.Ear.WaitForAsync(Pause, 0);
        foreach (var (text, samples) in sentences)
        {
            var start = call.Service.Ear.Position;
            await call.Caller.SpeakAsync([.. Resampler.Convert(samples, 8000, call.Caller.SampleRate), .. Tones.Silence(Pause, call.Caller.SampleRate)]);
            heard.Add(new(text, call.Service.Ear.Since(start), call.Service.SampleRate));
        }
        return new(heard, call.Service.Counters, call.Caller.Impaired);
    }
}
