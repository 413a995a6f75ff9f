using AsteriskVoiceAi.Benchmarks.Gauges;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Media;

/// <summary>What a number of calls at a time cost.</summary>
/// <param name="Service">Of one core, for all calls, idle cost taken off; 1 = a core.</param>
/// <param name="Asterisk">The same.</param>
/// <param name="Pacing">How far each packet's time from the one before is from 20 ms, in milliseconds, at the callers.</param>
/// <param name="Lost">Share of the packets that callers should have had and did not.</param>
/// <param name="BytesPerFrame">Allocated by the service for each frame of either direction.</param>
internal sealed record Load(double Service, double Asterisk, IReadOnlyList<double> Pacing, double Lost, double BytesPerFrame);

/// <summary>Calls with sound both ways through a real Asterisk to the service as it is shipped: it speaks, and listens to a line's noise for somebody to talk over it.</summary>
internal sealed class LoadMeasurement(Lab lab)
{
    private const string Extension = "105";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceGauge _service = new();
    private readonly ProcessGauge _asterisk = ProcessGauge.Of(lab.Asterisk);

    /// <summary>Processor time of both without calls, as parts of a core.</summary>
    public async Task<(double Service, double Asterisk)> IdleAsync(TimeSpan duration)
    {
        await Task.Delay(Settling, TimeProvider.System);
        return await ProcessorAsync(duration);
    }

    public async Task<Load> RunAsync(int calls, (double Service, double Asterisk) idle, TimeSpan duration)
    {
        var noise = Tones.Hiss(TimeSpan.FromSeconds(1));
        var callers = Enumerable.Range(0, calls).Select(_ => new SipCaller(lab.Asterisk.Sip, new() { Patience = Patience })).ToArray();
        try
        {
            foreach (var caller in callers)
                caller.SetBackground(noise);
            await Task.WhenAll(callers.Select(caller => caller.CallAsync(Extension)));
            var called = Moment.Now;
            await Task.WhenAll(callers.Select(caller => caller.WaitForAudioAsync(called - Patience)));
            await Task.Delay(Settling, TimeProvider.System);
            // A caller whom the service does not serve hears the dialplan's plan B, which costs the service nothing.
            if ((await lab.Service.StatusAsync()).GetProperty("calls").GetInt32() is var served && served != calls)
                throw new InvalidOperationException($"{calls} callers rang, {served} are served.\n{lab.Service}");
            var from = Moment.Now;
            var (service, asterisk) = await ProcessorAsync(duration);
            var to = Moment.Now;
            // Apart from the time that the processor was looked at, since the tracing costs some.
            var allocated = await _service.AllocatedAsync(duration);
            var intervals = callers.Select(caller => Intervals(caller, from, to)).ToArray();
            var expected = calls * (to - from).TotalSeconds * 50;
            return new(
                service - idle.Service,
                asterisk - idle.Asterisk,
                [.. intervals.SelectMany(i => i).Select(i => Math.Abs(i - 20))],
                Math.Max(0, 1 - ((intervals.Sum(i => i.Length) + calls) / expected)),
                allocated.Bytes / (calls * duration.TotalSeconds * 50 * 2));
        }
        finally
        {
            await Task.WhenAll(callers.Select(caller => caller.DisposeAsync().AsTask()));
            await lab.Asterisk.WaitForNothingLeftAsync(Patience);
        }
    }

    private async Task<(double Service, double Asterisk)> ProcessorAsync(TimeSpan duration)
    {
        var (service, asterisk, began) = (_service.ProcessorTime, _asterisk.ProcessorTime, Moment.Now);
        await Task.Delay(duration, TimeProvider.System);
        var took = Moment.Now - began;
        return ((_service.ProcessorTime - service) / took, (_asterisk.ProcessorTime - asterisk) / took);
    }

    private static double[] Intervals(SipCaller caller, Moment from, Moment to)
    {
        var times = caller.HeardPackets.Where(packet => packet.At >= from && packet.At < to).Select(packet => packet.At).ToArray();
        return [.. times.Zip(times.Skip(1), (before, after) => (after - before).TotalMilliseconds)];
    }
}
