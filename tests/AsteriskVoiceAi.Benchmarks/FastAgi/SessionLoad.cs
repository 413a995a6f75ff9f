using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.Benchmarks.FastAgi;

/// <summary>Sessions one after the other on a number of connections at a time. Each asks for speech and has no audio to offer, so that nothing but the session is measured.</summary>
internal sealed class SessionLoad(IPEndPoint server)
{
    /// <summary>Connections that are being made at a time: a little fewer than the listening port's queue holds (512), since a full queue measures TCP's retries of a second.</summary>
    private const int Dialling = 500;

    private static readonly byte[] Opening = AgiPeer.Opening("say", "Good morning", "en");
    private static readonly byte[] NoSuchApplication = "200 result=-2\n"u8.ToArray();

    private readonly SemaphoreSlim _dialling = new(Dialling);

    /// <param name="Commands">Commands a session.</param>
    internal sealed record Result(double PerSecond, IReadOnlyList<double> Milliseconds, double Commands);

    public async Task<Result> RunAsync(int connections, TimeSpan warmUp, TimeSpan duration)
    {
        var begin = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var end = begin + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var sessions = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => RepeatAsync(begin, end)));
        var counted = sessions.SelectMany(s => s).ToList();
        if (counted.Count == 0)
            throw new InvalidOperationException($"With {connections} connections no session ended within {duration.TotalSeconds:0} s.");
        return new(counted.Count / duration.TotalSeconds, [.. counted.Select(s => s.Milliseconds)], counted.Average(s => s.Commands));
    }

    private async Task<List<(double Milliseconds, int Commands)>> RepeatAsync(long begin, long end)
    {
        // Off the caller's thread, so that all connections start at once.
        await Task.Yield();
        var counted = new List<(double, int)>();
        while (Stopwatch.GetTimestamp() < end)
        {
            var (started, commands) = await OneAsync();
            var now = Stopwatch.GetTimestamp();
            if (now >= begin && now < end)
                counted.Add((Stopwatch.GetElapsedTime(started, now).TotalMilliseconds, commands));
        }
        return counted;
    }

    private async Task<(long Started, int Commands)> OneAsync()
    {
        using var peer = new AgiPeer(server);
        var (started, length) = await BeginAsync(peer);
        var commands = 0;
        for (; length > 0; length = await peer.ReadAsync())
        {
            commands++;
            await peer.ReplyAsync(peer.Command(length).StartsWith("EXEC TryExec"u8) ? NoSuchApplication : default);
        }
        return (started, commands);
    }

    /// <summary>Connects, and waits for the first command.</summary>
    private async Task<(long Started, int Length)> BeginAsync(AgiPeer peer)
    {
        await _dialling.WaitAsync();
        try
        {
            var started = Stopwatch.GetTimestamp();
            await peer.ConnectAsync(Opening);
            return (started, await peer.ReadAsync());
        }
        catch (SocketException refused)
        {
            throw new InvalidOperationException($"A connection to {server} was not made: {refused.Message}", refused);
        }
        finally
        {
            _dialling.Release();
        }
    }
}
