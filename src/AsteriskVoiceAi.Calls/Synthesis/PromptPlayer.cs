using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Says prompts on one leg, sentence by sentence: the first plays while the next is made, without a gap between them.</summary>
/// <param name="audio">The leg's, or what listens to it on the way.</param>
internal sealed class PromptPlayer(ICallLeg leg, IAudioLink audio, PromptCache cache, TimeProvider time)
{
    public string Engine => cache.Engine;

    /// <param name="begins">Called as the first audio goes out.</param>
    /// <param name="stop">Cancelled = the caller barged in.</param>
    /// <param name="from">Number of the sentence to begin with.</param>
    public async Task<PlaybackResult> PlayAsync(IReadOnlyList<Prompt> prompts, CancellationToken stop, Action? begins = null, int from = 0)
    {
        using var stopOrGone = CancellationTokenSource.CreateLinkedTokenSource(stop, leg.HungUp);
        var playing = new List<(Task<int> Sent, int Length)>();
        long? firstAudio = null;
        string? failure = null;
        try
        {
            foreach (var sentence in prompts.SelectMany(prompt => Sentences.Split(prompt.Text).Select(text => prompt with { Text = text })).Skip(from))
            {
                var spoken = await cache.GetAsync(sentence, audio.SampleRate, stopOrGone.Token);
                if (firstAudio is null)
                    begins?.Invoke();
                firstAudio ??= time.GetTimestamp();
                playing.Add((audio.PlayAsync(spoken.Samples, stopOrGone.Token), spoken.Samples.Length));
            }
        }
        catch (OperationCanceledException) when (stopOrGone.IsCancellationRequested)
        {
            // Told apart below: barged in, or gone.
        }
        catch (SpeechEngineException broken)
        {
            failure = broken.Message;
        }
        var sent = 0L;
        var whole = 0;
        foreach (var (task, length) in playing)
        {
            var n = await task;
            sent += n;
            whole += n == length ? 1 : 0;
        }
        var played = TimeSpan.FromSeconds((double)sent / audio.SampleRate);
        if (leg.HungUp.IsCancellationRequested)
            return new PlaybackResult.HungUp(played, firstAudio);
        if (stop.IsCancellationRequested)
            return new PlaybackResult.BargedIn(played, firstAudio, from + whole);
        if (failure is not null)
            return new PlaybackResult.Failed(failure, played, firstAudio);
        return whole == playing.Count ? new PlaybackResult.Completed(played, firstAudio) : new PlaybackResult.HungUp(played, firstAudio);
    }

    /// <summary>A short tone that tells the caller to speak: 880 Hz, 150 ms.</summary>
    public Task<int> BeepAsync()
    {
        var rate = audio.SampleRate;
        var tone = new short[rate * 150 / 1000];
        for (var i = 0; i < tone.Length; i++)
        {
            // 5 ms of fade at both edges, so that it does not click.
            var edge = Math.Min(1, Math.Min(i, tone.Length - 1 - i) / (rate * 0.005));
            tone[i] = (short)(6000 * edge * Math.Sin(2 * Math.PI * 880 * i / rate));
        }
        return audio.PlayAsync(tone, leg.HungUp);
    }
}
