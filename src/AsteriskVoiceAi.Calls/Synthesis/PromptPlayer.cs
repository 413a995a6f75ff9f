using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>
/// Says prompts on one leg, piece by piece: the first plays while the next is made, without a gap between them. No more is made ahead than
/// is needed for that, and what a caller who barges in does not hear any more is not made.
/// </summary>
/// <param name="audio">The leg's, or what listens to it on the way.</param>
internal sealed class PromptPlayer(ICallLeg leg, IAudioLink audio, PromptCache cache, TimeProvider time)
{
    /// <summary>Nothing more is made while this much waits to be heard: the slowest voice makes a piece within it.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    public string Engine => cache.Engine;

    /// <param name="begins">Called as the first audio goes out.</param>
    /// <param name="stop">Cancelled = the caller barged in.</param>
    /// <param name="from">Number of the piece to begin with.</param>
    /// <param name="moreFollows">Whether other prompts come right after: then there is a rest after the last piece, too.</param>
    public async Task<PlaybackResult> PlayAsync(IReadOnlyList<Prompt> prompts, CancellationToken stop, Action? begins = null, int from = 0, bool moreFollows = false)
    {
        using var stopOrGone = CancellationTokenSource.CreateLinkedTokenSource(stop, leg.HungUp);
        var playing = new List<(Task<int> Sent, int Length)>();
        long? firstAudio = null;
        string? failure = null;
        try
        {
            var pieces = prompts.SelectMany(PromptPieces.Of).ToList();
            for (var i = from; i < pieces.Count; i++)
            {
                await RoomAsync(playing).WaitAsync(stopOrGone.Token);
                var samples = await pieces[i].MakeAsync(cache, audio.SampleRate, isLast: i + 1 == pieces.Count && !moreFollows, stopOrGone.Token);
                if (firstAudio is null)
                    begins?.Invoke();
                firstAudio ??= time.GetTimestamp();
                playing.Add((audio.PlayAsync(samples, stopOrGone.Token), samples.Length));
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

    /// <summary>Waits while enough is ready; one piece that plays is never enough.</summary>
    private async Task RoomAsync(List<(Task<int> Sent, int Length)> playing)
    {
        while (true)
        {
            var waiting = playing.Where(piece => !piece.Sent.IsCompleted).ToList();
            if (waiting.Count < 2 || waiting.Sum(piece => piece.Length) < Ahead.TotalSeconds * audio.SampleRate)
                return;
            await waiting[0].Sent;
        }
    }
}
