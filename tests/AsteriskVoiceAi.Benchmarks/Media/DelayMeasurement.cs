using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Media;

/// <summary>One-way delays of one path, in milliseconds.</summary>
internal sealed record Delays(IReadOnlyList<double> ToService, IReadOnlyList<double> ToCaller);

/// <summary>How long sound is on its way between a phone and the service, each way, through a real Asterisk; both ends in this process, by one clock.</summary>
internal sealed class DelayMeasurement(MediaLab lab)
{
    private const int Warming = 10;

    /// <summary>A chirp each 300 ms and a little more: at any moment of the 20 ms that each side counts in.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(300);

    public async Task<Delays> RunAsync(MediaPath path, int count)
    {
        await using var call = await lab.CallAsync(path);
        var (toService, toCaller) = (new List<double>(), new List<double>());
        for (var i = -Warming; i < count; i++)
        {
            var (up, down) = (await ToServiceAsync(call), await ToCallerAsync(call));
            if (i >= 0)
            {
                toService.Add(up.TotalMilliseconds);
                toCaller.Add(down.TotalMilliseconds);
            }
        }
        return new(toService, toCaller);
    }

    /// <summary>From the packet's leaving the phone to its samples in the service's hands.</summary>
    private static async Task<TimeSpan> ToServiceAsync(MediaCall call)
    {
        var (chirp, ear) = (new Chirp(call.Service.SampleRate), call.Service.Ear);
        var before = ear.Position;
        var said = await call.Caller.SpeakAsync(new Chirp(call.Caller.SampleRate).Samples);
        await ear.WaitForAsync(Every, before);
        var at = chirp.Find(ear.Since(before)) ?? throw new InvalidOperationException($"A chirp did not reach the service.\n{call.Service}\n{call.Caller}");
        return ear.HeardAt(before + at) - said.First;
    }

    /// <summary>From the service's playing it into an empty link to its packet's arrival at the phone.</summary>
    private static async Task<TimeSpan> ToCallerAsync(MediaCall call)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * 20), TimeProvider.System);
        var before = call.Caller.Heard.Samples.Length;
        var played = Moment.Now;
        await call.Service.PlayAsync(new Chirp(call.Service.SampleRate).Samples);
        await call.Caller.WaitUntilAsync("The end of a chirp", _ => Moment.Now - played > Every);
        var at = new Chirp(call.Caller.SampleRate).Find(call.Caller.Heard.Samples.AsSpan(before))
            ?? throw new InvalidOperationException($"A chirp did not reach the caller.\n{call.Service}\n{call.Caller}");
        return call.Caller.HeardAt(before + at) - played;
    }
}
