using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.Benchmarks.FastAgi;

/// <summary>Sessions one after the other on a number of connections at a time. Each asks for speech and has no audio to offer, so that nothing but the session is measured.</summary>
internal sealed class SessionLoad(IPEndPoint server)
{
    /// <summary>Connections that are being made at a time: a listening port's queue is no part of the question.</summary>
    private const int Dialling = 100;

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
        await _dialling.WaitAsync();
        var started = Stopwatch.GetTimestamp();
        try
        {
            await peer.ConnectAsync(Opening);
        }
        catch (SocketException refused)
        {
            throw new InvalidOperationException($"A connection to {server} was not made: {refused.Message}", refused);
        }
        finally
        {
            _dialling.Release();
        }
        var commands = 0;
        while (await peer.ReadAsync() is var length and > 0)
        {
            commands++;
            await peer.ReplyAsync(peer.Command(length).StartsWith("EXEC TryExec"u8) ? NoSuchApplication : default);
        }
        return (started, commands);
    }
}
