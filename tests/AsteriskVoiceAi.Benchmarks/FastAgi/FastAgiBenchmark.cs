using System.Globalization;
using System.Net;
using AsteriskVoiceAi.Benchmarks.Gauges;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Benchmarks.FastAgi;

/// <summary>How many FastAGI sessions does the service take, and what does one cost that waits?</summary>
/// <remarks>The load comes from this process on the same machine, so both share its cores.</remarks>
internal sealed class FastAgiBenchmark(TextWriter output)
{
    private const int IdleCallCount = 100;

    /// <summary>The runtime tells of allocations in steps of so many bytes.</summary>
    private const double AllocationStep = 100 * 1024;

    private static readonly int[] Connections = [1, 100, 2000];

    private readonly IPEndPoint _server = new(IPAddress.Loopback, FreePorts.Tcp());

    public async Task RunAsync(TimeSpan duration)
    {
        await using (await StartAsync())
            await MeasureSessionsAsync(duration);
        await using (var service = await StartAsync())
            await MeasureIdleSessionsAsync(service, new ServiceGauge());
        await using (var service = await StartAsync())
            await MeasureIdleCallsAsync(service, new ServiceGauge(), duration);
    }

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(Repository.PathOf("voiceai.yaml"), new Dictionary<string, string>
    {
        ["FASTAGI__PORT"] = _server.Port.ToString(CultureInfo.InvariantCulture),
        ["FASTAGI__IDLE_DEADLINE"] = "10m",
        ["AUDIOSOCKET__PORT"] = FreePorts.Tcp().ToString(CultureInfo.InvariantCulture),
        ["ARI__ENABLED"] = "false",
        ["CALLS__MAX_CALLS"] = IdleCallCount.ToString(CultureInfo.InvariantCulture),
        ["SPEECH__MODELS_FOLDER"] = Lab.ModelsFolder,
        ["SPEECH__RECOGNIZERS"] = "moonshine-base,moonshine-tiny",
        ["FLOWS__FOLDER"] = Repository.PathOf("flows"),
        // A session without audio is worth a warning each; what a terminal makes of thousands is not the question.
        ["LOG__LEVEL"] = "error",
    });

    private async Task MeasureSessionsAsync(TimeSpan duration)
    {
        var gauge = new ServiceGauge();
        var load = new SessionLoad(_server);
        await load.RunAsync(Connections[1], TimeSpan.Zero, duration / 2);
        var table = new MarkdownTable("connections at a time", "sessions/s", "commands/s", "session p50 ms", "p95 ms", "service CPU ms/session", "service threads", "heap MB afterwards");
        foreach (var connections in Connections)
        {
            var processor = gauge.ProcessorTime;
            var warmUp = TimeSpan.FromSeconds(1);
            var result = await load.RunAsync(connections, warmUp, duration);
            var perSession = (gauge.ProcessorTime - processor).TotalMilliseconds / (result.PerSecond * (duration + warmUp).TotalSeconds);
            var after = await gauge.ReadAsync();
            table.Add(Whole(connections), Whole(result.PerSecond), Whole(result.PerSecond * result.Commands),
                Tenths(Percentiles.At(result.Milliseconds, 0.50)), Tenths(Percentiles.At(result.Milliseconds, 0.95)),
                perSession.ToString("0.00", CultureInfo.InvariantCulture), Whole(after.Threads), Megabytes(after.Heap));
        }
        output.WriteLine(table);
        output.WriteLine();
        var allocating = gauge.AllocatedAsync(duration);
        var sessions = await load.RunAsync(Connections[1], TimeSpan.Zero, duration);
        output.WriteLine($"A session allocates {Tenths((await allocating).Bytes / 1024.0 / (sessions.PerSecond * duration.TotalSeconds))} kB.");
        output.WriteLine();
    }

    private async Task MeasureIdleSessionsAsync(ServiceProcess service, ServiceGauge gauge)
    {
        using (var first = new IdleSessions(_server))
            await first.GrowToAsync(Connections[1]);
        await WaitForAsync(service, "fastagi", "connectionsOpen", 0);

        var table = new MarkdownTable("idle sessions", "private MB", "managed heap MB", "private kB/session", "heap kB/session", "threads");
        var none = await gauge.ReadAsync();
        table.Add(Row("0 (before)", none, none, 0));
        using var idle = new IdleSessions(_server);
        foreach (var connections in Connections)
        {
            await idle.GrowToAsync(connections);
            await WaitForAsync(service, "fastagi", "connectionsOpen", connections);
            table.Add(Row(Whole(connections), await gauge.ReadAsync(), none, connections));
        }
        idle.Dispose();
        await WaitForAsync(service, "fastagi", "connectionsOpen", 0);
        table.Add(Row("0 (after)", await gauge.ReadAsync(), none, 0));
        // What is left may be kept for the next ones, and then does not grow with them.
        for (var round = 2; round <= 3; round++)
        {
            using (var again = new IdleSessions(_server))
                await again.GrowToAsync(Connections[^1]);
            await WaitForAsync(service, "fastagi", "connectionsOpen", 0);
            table.Add(Row($"0 (after {Whole(Connections[^1])}, time {round})", await gauge.ReadAsync(), none, 0));
        }
        output.WriteLine(table);
        output.WriteLine();
    }

    private async Task MeasureIdleCallsAsync(ServiceProcess service, ServiceGauge gauge, TimeSpan duration)
    {
        await using (await IdleCalls.StartAsync(_server, 1))
            await WaitForAsync(service, "audiosocket", "linksActive", 1);
        await WaitForAsync(service, "fastagi", "connectionsOpen", 0);

        var table = new MarkdownTable("calls that listen to silence", "private MB", "managed heap MB", "private kB/call", "heap kB/call", "threads", "CPU, % of one core", "allocated B/frame");
        // The compiler goes on for some seconds after a first call.
        await Task.Delay(duration, TimeProvider.System);
        var none = await gauge.ReadAsync();
        table.Add([.. Row("0 (before)", none, none, 0), await LoadAsync(gauge, duration), ""]);
        IReadOnlyList<(string Type, long Bytes)> types;
        await using (await IdleCalls.StartAsync(_server, IdleCallCount))
        {
            await WaitForAsync(service, "audiosocket", "linksActive", IdleCallCount);
            // Until the detectors have settled on silence.
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            var load = await LoadAsync(gauge, duration);
            (var bytes, types) = await gauge.AllocatedAsync(duration);
            var frames = IdleCallCount * duration.TotalSeconds * 50;
            table.Add([.. Row(Whole(IdleCallCount), await gauge.ReadAsync(), none, IdleCallCount), load, bytes == 0 ? $"less than {Tenths(AllocationStep / frames)}" : Tenths(bytes / frames)]);
        }
        await WaitForAsync(service, "fastagi", "connectionsOpen", 0);
        table.Add([.. Row("0 (after)", await gauge.ReadAsync(), none, 0), await LoadAsync(gauge, duration), ""]);
        output.WriteLine(table);
        output.WriteLine();
        if (types.Count > 0)
            output.WriteLine($"Most of what was allocated while {IdleCallCount} calls listened: {string.Join(", ", types.Take(4).Select(type => $"{type.Type} {Whole(type.Bytes / 1024.0)} kB"))}.");
    }

    private static async Task<string> LoadAsync(ServiceGauge gauge, TimeSpan duration)
    {
        var (processor, began) = (gauge.ProcessorTime, Moment.Now);
        await Task.Delay(duration, TimeProvider.System);
        return Tenths(100 * (gauge.ProcessorTime - processor) / (Moment.Now - began));
    }

    private static async Task WaitForAsync(ServiceProcess service, string part, string gauge, int value)
    {
        var deadline = Moment.Now + TimeSpan.FromSeconds(30);
        while ((await service.StatusAsync()).GetProperty(part).GetProperty(gauge).GetInt32() != value)
        {
            if (Moment.Now > deadline)
                throw new TimeoutException($"{part}.{gauge} did not become {value} within 30 s: {await service.StatusAsync()}\n{service}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static string[] Row(string name, ServiceReading reading, ServiceReading none, int count) =>
    [
        name, Megabytes(reading.Private), Megabytes(reading.Heap),
        count < 2 ? "" : Tenths((reading.Private - none.Private) / 1024.0 / count), count < 2 ? "" : Tenths((reading.Heap - none.Heap) / 1024.0 / count), Whole(reading.Threads),
    ];

    private static string Megabytes(long bytes) => Tenths(bytes / (1024.0 * 1024));

    private static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
