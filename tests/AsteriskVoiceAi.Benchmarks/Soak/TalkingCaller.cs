using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.Benchmarks.Soak;

/// <summary>What callers lived through so far. Thread-safe.</summary>
internal sealed class SoakTally
{
    private int _calls;
    private int _answered;
    private int _unanswered;
    private int _dropped;

    /// <summary>Calls that were answered.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Questions that were followed by a reply.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Questions without one.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Calls that were refused, or ended before their caller ended them.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    public void CountCall() => Interlocked.Increment(ref _calls);

    public void CountTurn(bool answered) => Interlocked.Increment(ref answered ? ref _answered : ref _unanswered);

    public void CountDropped() => Interlocked.Increment(ref _dropped);
}

/// <summary>Asks the same question over and over, and hears the replies; after a while hangs up and calls again.</summary>
internal sealed class TalkingCaller(Lab lab, short[] question, short[] noise, TimeSpan callLength, SoakTally tally)
{
    private const string Extension = "105";

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan ReplyWithin = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan LongestThought = TimeSpan.FromSeconds(4);

    /// <summary>Ends soon after it was told to, with the call hung up.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await CallAsync(stop);
            }
            catch (Exception lost) when (lost is InvalidOperationException or TimeoutException)
            {
                tally.CountDropped();
                // Not at once again: a service that refuses is not to be hammered.
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task CallAsync(CancellationToken stop)
    {
        await using var caller = new SipCaller(lab.Asterisk.Sip, new() { Patience = TimeSpan.FromSeconds(20) });
        caller.SetBackground(noise);
        var began = Moment.Now;
        await caller.CallAsync(Extension);
        tally.CountCall();
        await caller.WaitForAudioAsync(began);
        while (!stop.IsCancellationRequested && Moment.Now - began < callLength)
        {
            await caller.WaitForQuietAsync(Quiet);
            await ThinkAsync(stop);
            var spoken = await caller.SpeakAsync(question);
            tally.CountTurn(await IsAnsweredAsync(caller, spoken.Last));
        }
        await caller.HangUpAsync();
    }

    private static async Task ThinkAsync(CancellationToken stop) =>
        await Task.Delay(Random.Shared.NextDouble() * LongestThought, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<bool> IsAnsweredAsync(SipCaller caller, Moment asked)
    {
        try
        {
            await caller.WaitForAudioAsync(asked, within: ReplyWithin);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
