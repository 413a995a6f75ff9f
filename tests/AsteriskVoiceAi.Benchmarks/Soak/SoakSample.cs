using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Benchmarks.Gauges;

namespace AsteriskVoiceAi.Benchmarks.Soak;

/// <summary>What the service and Asterisk hold at one moment.</summary>
/// <param name="Links">Calls, links, sockets and ports that the service itself counts as in use.</param>
/// <param name="Heap">Bytes alive after two full collections.</param>
/// <param name="Private">Bytes of the service's own memory.</param>
/// <param name="Timers">Of .NET: every delay and deadline under way, and every clock that ticks.</param>
/// <param name="Queued">Work items that wait for a thread of the pool. .NET keeps no count of tasks as such: one that leaked waits for a timer, a socket or a link, which are counted here.</param>
internal sealed record SoakSample(
    int Calls, int Links, long Heap, long Private, int Threads, int Files, int Sockets, int Timers, int Queued,
    int Channels, int Bridges, long AsteriskPrivate, int AsteriskFiles)
{
    public static readonly string[] Columns =
    [
        "", "calls", "links", "heap MB", "private MB", "threads", "files", "sockets", "timers", "queued", "Asterisk channels", "bridges", "private MB", "files",
    ];

    public static async Task<SoakSample> TakeAsync(Lab lab, ServiceGauge service, ProcessGauge asterisk)
    {
        var counters = await service.CountersAsync();
        var status = await lab.Service.StatusAsync();
        var reading = await service.ReadAsync();
        var (files, sockets) = service.Process.Descriptors;
        return new(
            status.GetProperty("calls").GetInt32(), LinksOf(status), reading.Heap, reading.Private, reading.Threads, files, sockets,
            (int)counters.GetValueOrDefault("active-timer-count", -1), (int)counters.GetValueOrDefault("threadpool-queue-length", -1),
            await lab.Asterisk.CountChannelsAsync(), await lab.Asterisk.CountBridgesAsync(), asterisk.Private, asterisk.Descriptors.All);
    }

    /// <summary>Gauges in /status that are zero without calls.</summary>
    public static int LinksOf(JsonElement status) =>
        Sum(status, "fastagi", "connectionsOpen", "callsActive")
        + Sum(status, "audiosocket", "socketsOpen", "linksActive")
        + Sum(status, "ari", "activeCalls", "mediaSockets", "mediaChannels", "bridges")
        + Sum(status, "rtp", "links");

    public string[] Row(string when) =>
    [
        when, Whole(Calls), Whole(Links), Megabytes(Heap), Megabytes(Private), Whole(Threads), Whole(Files), Whole(Sockets), Whole(Timers), Whole(Queued),
        Whole(Channels), Whole(Bridges), Megabytes(AsteriskPrivate), Whole(AsteriskFiles),
    ];

    private static int Sum(JsonElement status, string part, params string[] gauges) => gauges.Sum(gauge => status.GetProperty(part).GetProperty(gauge).GetInt32());

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) => (bytes / (1024.0 * 1024)).ToString("0.0", CultureInfo.InvariantCulture);
}
