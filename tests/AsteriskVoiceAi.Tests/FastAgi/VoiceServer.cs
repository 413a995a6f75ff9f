using System.Collections.Concurrent;
using System.Net;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.FastAgi;

internal delegate Task<CallOutcome> Serve(IncomingCall call, ICallLeg leg, CancellationToken stopping);

/// <summary>The real ports on loopback, on a manual clock, with a handler that the test brings.</summary>
internal sealed class VoiceServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private VoiceServer(WebApplication app, FakeTimeProvider time, LogLines logs)
    {
        _app = app;
        Time = time;
        Logs = logs;
        int[] ports = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static a => new Uri(a).Port)];
        (AgiPort, AudioPort) = (ports[0], ports[1]);
    }

    public FakeTimeProvider Time { get; }

    public LogLines Logs { get; }

    /// <summary>Calls that never came to the handler, and how they ended.</summary>
    public IReadOnlyList<CallOutcome> NotServed => ((Handler)_app.Services.GetRequiredService<ICallHandler>()).Ended;

    /// <summary>Why the handler takes no call; null = it takes them.</summary>
    public string? Refuses
    {
        set => ((Handler)_app.Services.GetRequiredService<ICallHandler>()).Refuses = value;
    }

    public int AgiPort { get; }

    public int AudioPort { get; }

    public FastAgiStatus Agi => _app.Services.GetRequiredService<FastAgiStatus>();

    public FastAgiPulse Pulse => _app.Services.GetRequiredService<FastAgiPulse>();

    public AudioSocketStatus Audio => _app.Services.GetRequiredService<AudioSocketStatus>();

    public AudioSocketRendezvous Rendezvous => _app.Services.GetRequiredService<AudioSocketRendezvous>();

    public static async Task<VoiceServer> StartAsync(Serve serve, Action<FastAgiOptions>? agi = null, Action<AudioSocketOptions>? audio = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        var time = new FakeTimeProvider();
        var logs = new LogLines();
        builder.WebHost.UseKestrelCore();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning).AddProvider(logs);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<ICallHandler>(new Handler(serve));
        builder.Services.AddFastAgi();
        builder.Services.Configure<FastAgiOptions>(o => o.Port = 0);
        builder.Services.Configure<AudioSocketOptions>(o => o.Port = 0);
        if (agi is not null)
            builder.Services.Configure(agi);
        if (audio is not null)
            builder.Services.Configure(audio);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.ListenFastAgi();
            server.ListenAudioSocket();
        });
        var app = builder.Build();
        await app.StartAsync();
        return new VoiceServer(app, time, logs);
    }

    /// <summary>The service was told to stop; the ports are open still.</summary>
    public void BeginStopping() => _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    /// <summary>Ends when nothing is open any more.</summary>
    public Task BecomesEmptyAsync() =>
        Becomes(() => Agi.ConnectionsOpen + Agi.CallsActive + Audio.SocketsOpen + Audio.LinksActive + Rendezvous.Waiting == 0, "the end of every connection");

    /// <summary>Ends when the server has taken so many FastAGI connections.</summary>
    public Task ConnectionsAsync(int open) => Becomes(() => Agi.ConnectionsOpen == open, $"{open} connections");

    /// <summary>Ends when the server has taken so many AudioSocket connections.</summary>
    public Task SocketsAsync(int open) => Becomes(() => Audio.SocketsOpen == open, $"{open} sockets");

    public async ValueTask DisposeAsync()
    {
        await BecomesEmptyAsync();
        await _app.DisposeAsync();
    }

    private static Task Becomes(Func<bool> reached, string what) => Task.Run(async () =>
    {
        while (!reached())
            await Task.Yield();
    }).Soon(what);

    private sealed class Handler(Serve serve) : ICallHandler
    {
        private readonly ConcurrentQueue<CallOutcome> _ended = new();

        public IReadOnlyList<CallOutcome> Ended => [.. _ended];

        public Task<CallOutcome> HandleAsync(IncomingCall call, ICallLeg leg, CancellationToken stopping) => serve(call, leg, stopping);

        public string? Refuses { get; set; }

        public string? Refusal(IncomingCall call, CancellationToken stopping) => stopping.IsCancellationRequested ? "draining" : Refuses;

        public void NotServed(IncomingCall call, CallOutcome outcome) => _ended.Enqueue(outcome);
    }
}

/// <summary>What was logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    /// <summary>Lines of Information and above.</summary>
    public string[] ForOperator => [.. _lines.Where(static l => l.Level >= LogLevel.Information).Select(static l => l.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, formatter(state, exception)));
    }
}

internal static class Waiting
{
    /// <summary>Everything here is on loopback and takes milliseconds; 10 s only bound a broken test.</summary>
    private static TimeSpan Limit { get; } = TimeSpan.FromSeconds(10);

    public static async Task Soon(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Never came: {what}.");
        }
    }

    public static async Task<T> Soon<T>(this Task<T> task, string what)
    {
        await Soon((Task)task, what);
        return await task;
    }

    public static Task<T> Soon<T>(this ValueTask<T> task, string what) => task.AsTask().Soon(what);
}
