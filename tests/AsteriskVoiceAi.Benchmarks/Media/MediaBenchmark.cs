using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.TestSupport.Media;

namespace AsteriskVoiceAi.Benchmarks.Media;

/// <summary>What each media path costs: delay, processor time, even pace, memory.</summary>
internal sealed class MediaBenchmark(TextWriter output)
{
    private const int Chirps = 60;

    private static readonly string[] Transports = ["rtp", "websocket", "audiosocket"];
    private static readonly int[] Calls = [1, 20, 40];

    public async Task RunAsync(TimeSpan duration)
    {
        await MeasureDelaysAsync();
        output.WriteLine();
        await MeasureLoadAsync(duration);
    }

    private async Task MeasureDelaysAsync()
    {
        await using var lab = await MediaLab.StartAsync();
        var measurement = new DelayMeasurement(lab);
        var table = new MarkdownTable($"one-way delay in ms ({Chirps} chirps each way)", "caller to service p50", "p95", "service to caller p50", "p95");
        foreach (var path in Enum.GetValues<MediaPath>())
        {
            var delays = await measurement.RunAsync(path, Chirps);
            table.Add([Name(path), .. new[] { delays.ToService, delays.ToCaller }.SelectMany(way => new[] { 0.50, 0.95 }.Select(share => Tenths(Percentiles.At(way, share))))]);
        }
        output.WriteLine(table);
    }

    private async Task MeasureLoadAsync(TimeSpan duration)
    {
        var table = new MarkdownTable("transport, calls", "service CPU, % of a core a call", "Asterisk CPU, % of a core a call", "pacing error at the caller p50 ms", "p99 ms", "lost", "service allocates B/frame");
        using var flows = LongGreeting.Write();
        foreach (var transport in Transports)
        {
            await using var lab = await Lab.StartAsync(flows.Folder, new Dictionary<string, string> { ["ARI__MEDIA__TRANSPORT"] = transport });
            var measurement = new LoadMeasurement(lab);
            // The compiler's work is not a call's.
            await measurement.RunAsync(5, default, TimeSpan.FromSeconds(5));
            var idle = await measurement.IdleAsync(duration);
            foreach (var calls in Calls)
            {
                var load = await measurement.RunAsync(calls, idle, duration);
                table.Add(
                    $"{transport}, {calls}",
                    Hundredths(100 * load.Service / calls),
                    Hundredths(100 * load.Asterisk / calls),
                    Hundredths(Percentiles.At(load.Pacing, 0.50)),
                    Hundredths(Percentiles.At(load.Pacing, 0.99)),
                    string.Create(CultureInfo.InvariantCulture, $"{100 * load.Lost:0.0} %"),
                    Tenths(load.BytesPerFrame));
            }
        }
        output.WriteLine(table);
    }

    private static string Name(MediaPath path) => path switch
    {
        MediaPath.Rtp => "RTP",
        MediaPath.WebSocketConnect => "WebSocket, opened by the service",
        MediaPath.WebSocketListen => "WebSocket, opened by Asterisk",
        MediaPath.AudioSocketAri => "AudioSocket, ARI",
        _ => "AudioSocket, FastAGI",
    };

    private static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Hundredths(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
