using System.Diagnostics;
using System.Globalization;
using System.Net;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.TestSupport.Speech;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Benchmarks.Rtp;

/// <summary>How many duplex streams does the RTP engine carry, how evenly does it send, and what does a stream cost?</summary>
/// <remarks>The peers are another process on the same machine, so both share its cores.</remarks>
internal sealed class RtpBenchmark(TextWriter output)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly short[] Tone = Tones.Sine(400, TimeSpan.FromMinutes(1));

    public async Task RunAsync(IReadOnlyList<int> streams, TimeSpan duration)
    {
        var table = new MarkdownTable("duplex streams", "pacing error p50 ms", "p99 ms", "max ms", "lost to the peers", "lost or late from them", "concealed", "engine CPU, % of one core", "CPU µs/frame both ways", "streams a core", "allocated B/frame");
        foreach (var count in streams)
        {
            table.Add(await MeasureAsync(count, readers: false, duration));
            table.Add(await MeasureAsync(count, readers: true, duration));
        }
        output.WriteLine(table);
    }

    private static async Task<string[]> MeasureAsync(int streams, bool readers, TimeSpan duration)
    {
        using var peers = StartPeers(streams, WarmUp + duration + TimeSpan.FromSeconds(30));
        var ports = (await peers.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peers did not start.")).Split(' ');
        var options = new RtpOptions { PortFirst = 16_000, PortLast = 29_999 };
        await using var engine = new RtpEngine(Options.Create(options), new RtpStatus(), TimeProvider.System, NullLogger<RtpEngine>.Instance);
        var links = ports.Select(port => engine.Reserve().Open(new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)), MediaFormat.ULaw)).ToArray();
        var playing = links.Select(static link => link.PlayAsync(Tone, CancellationToken.None)).ToArray();
        Task[] reading = readers ? [.. links.Select(static link => ReadAsync(link))] : [];

        await Task.Delay(WarmUp, TimeProvider.System);
        var before = (Cpu: Cpu(), Allocated: GC.GetTotalAllocatedBytes(precise: true), Sent: links.Sum(static link => link.Counters.Sent), Time: Stopwatch.GetTimestamp());
        var counted = links.Select(static link => link.Counters).ToArray();
        await Task.Delay(duration, TimeProvider.System);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before.Allocated;
        var (cpu, elapsed) = ((Cpu() - before.Cpu).TotalSeconds, Stopwatch.GetElapsedTime(before.Time).TotalSeconds);
        var after = links.Select(static link => link.Counters).ToArray();
        var frames = after.Sum(static counters => counters.Sent) - before.Sent;

        await peers.StandardInput.WriteLineAsync();
        var seen = (await peers.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peers did not report.")).Split(' ').Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        foreach (var link in links)
            await link.DisposeAsync();
        await Task.WhenAll([.. playing, .. reading]);
        await peers.WaitForExitAsync();

        long Gained(Func<MediaCounters, long> counter) => after.Sum(counter) - counted.Sum(counter);
        return
        [
            readers ? $"{streams:n0}, each with a reader" : $"{streams:n0}",
            Show(seen[0], "0.00"), Show(seen[1], "0.00"), Show(seen[2], "0.00"), Show(seen[3], "n0"),
            Show(Gained(static c => c.Lost + c.Late), "n0"), Show(Gained(static c => c.Concealed), "n0"),
            Show(100 * cpu / elapsed, "0.0"), Show(1e6 * cpu / frames, "0.0"), Show(streams / (cpu / elapsed), "n0"), Show((double)allocated / frames, "0.00"),
        ];
    }

    /// <summary>What a call does with its audio, without the doing.</summary>
    private static async Task ReadAsync(RtpLink link)
    {
        var frame = new short[160];
        while (await link.ReceiveAsync(frame, CancellationToken.None) > 0)
        {
        }
    }

    private static TimeSpan Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static Process StartPeers(int streams, TimeSpan longest)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Started by `dotnet`, the process is dotnet's and the program its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(RtpBenchmark).Assembly.Location);
        foreach (var argument in new[] { "rtp-peers", streams.ToString(CultureInfo.InvariantCulture), ((int)longest.TotalSeconds).ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
