using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Gauges;
using AsteriskVoiceAi.Benchmarks.Latency;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Soak;

/// <summary>
/// Many callers who ask and are answered, for a long time, over one transport: half of them in one call from beginning to
/// end, half in a new one every half minute.
/// </summary>
internal sealed class SoakRun(TextWriter output, Lab lab, int calls)
{
    public static readonly string[] Transports = ["rtp", "websocket", "audiosocket"];

    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(30);

    private readonly ServiceGauge _service = new();
    private readonly ProcessGauge _asterisk = ProcessGauge.Of(lab.Asterisk);

    /// <param name="transport">One of <see cref="Transports"/>, or "all".</param>
    /// <returns>Nothing leaked.</returns>
    public static async Task<bool> RunAsync(TextWriter output, string transport, int calls, TimeSpan duration)
    {
        var good = true;
        foreach (var one in transport == "all" ? Transports : [transport])
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"## {one}: {calls} calls for {duration.TotalMinutes:0.#} minutes"));
            output.WriteLine();
            using var flows = ShortAnswers.Write();
            await using var lab = await Lab.StartAsync(flows.Folder, new Dictionary<string, string> { ["ARI__MEDIA__TRANSPORT"] = one });
            good &= await new SoakRun(output, lab, calls).RunAsync(duration);
        }
        return good;
    }

    private async Task<bool> RunAsync(TimeSpan duration)
    {
        var question = await Flite.SpeakAsync("What are your opening hours?");
        output.WriteLine(new MarkdownTable(SoakSample.Columns));
        await TalkAsync(question, new SoakTally(), FirstRound, sampling: false);
        var before = await SampleAsync("before");
        var tally = new SoakTally();
        await TalkAsync(question, tally, duration, sampling: true);
        var after = await SampleAsync("after");

        var faults = SoakVerdict.Judge(before, after, tally);
        output.WriteLine();
        output.WriteLine($"{tally.Calls} calls, {tally.Answered} questions answered, {tally.Unanswered} not; {tally.Dropped} calls dropped.");
        output.WriteLine(faults.Count == 0 ? "Nothing is left." : string.Join('\n', faults.Select(fault => $"FAULT: {fault}")));
        output.WriteLine();
        return faults.Count == 0;
    }

    /// <summary>Returns when all calls are over and their end is known everywhere.</summary>
    private async Task TalkAsync(short[] question, SoakTally tally, TimeSpan duration, bool sampling)
    {
        using var stop = new CancellationTokenSource();
        var noise = Tones.Hiss(TimeSpan.FromSeconds(1));
        var callers = Enumerable.Range(0, calls)
            .Select(i => new TalkingCaller(lab, question, noise, i % 2 == 0 ? TimeSpan.MaxValue : ShortCall, tally).RunAsync(stop.Token))
            .ToArray();
        var began = Moment.Now;
        for (var left = duration; left > TimeSpan.Zero; left = duration - (Moment.Now - began))
        {
            await Task.Delay(left < SampleEvery ? left : SampleEvery, TimeProvider.System);
            if (sampling)
                await SampleAsync(string.Create(CultureInfo.InvariantCulture, $"{(Moment.Now - began).TotalMinutes:0.0} min, {tally.Answered} answers"));
        }
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        await WaitForTheEndAsync();
    }

    private async Task WaitForTheEndAsync()
    {
        var deadline = Moment.Now + Leaving;
        while (Moment.Now < deadline)
        {
            var status = await lab.Service.StatusAsync();
            if (status.GetProperty("calls").GetInt32() + SoakSample.LinksOf(status) + await lab.Asterisk.CountChannelsAsync() + await lab.Asterisk.CountBridgesAsync() == 0)
                break;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
        // Deadlines of closed connections run out, and the pool gives threads back.
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System);
    }

    private async Task<SoakSample> SampleAsync(string when)
    {
        var sample = await SoakSample.TakeAsync(lab, _service, _asterisk);
        output.WriteLine($"| {string.Join(" | ", sample.Row(when))} |");
        output.Flush();
        return sample;
    }
}
