using System.Collections.Concurrent;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>The service's ARI side as the host runs it, with a handler that the test writes.</summary>
internal sealed class AriRig : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AriService _service;

    private AriRig(WebApplication app, RecordingLogger log)
    {
        _app = app;
        Log = log;
        Status = app.Services.GetRequiredService<AriStatus>();
        Media = app.Services.GetRequiredService<MediaStatus>();
        Status.Changed += Changed.Raise;
        log.Written += Changed.Raise;
        _service = app.Services.GetServices<IHostedService>().OfType<AriService>().Single();
    }

    public AriStatus Status { get; }

    public MediaStatus Media { get; }

    /// <summary>Where Asterisk opens media sockets, when the options say that it does.</summary>
    public int MediaPort => _app.Services.GetRequiredService<MediaSocketPort>().Listening!.IPEndPoint!.Port;

    /// <summary>Calls that never came to the handler, and how they ended.</summary>
    public IReadOnlyList<CallOutcome> NotServed => ((Handler)_app.Services.GetRequiredService<ICallHandler>()).Ended;

    /// <summary>Why the handler takes no call; null = it takes them.</summary>
    public string? Refuses
    {
        set => ((Handler)_app.Services.GetRequiredService<ICallHandler>()).Refuses = value;
    }

    public RecordingLogger Log { get; }

    public Signal Changed { get; } = new();

    public static async Task<AriRig> StartAsync(Uri url, Func<IncomingCall, ICallLeg, CancellationToken, Task<CallOutcome>> handle, Action<AriOptions>? configure = null)
    {
        var log = new RecordingLogger();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning).AddProvider(log);
        builder.Services.AddSingleton<ICallHandler>(new Handler(handle));
        builder.Services.Configure<AudioSocketOptions>(options => options.Port = 0);
        builder.Services.Configure<AriOptions>(options =>
        {
            options.Url = url;
            options.Password = FakeAri.Password;
            options.ReconnectFirst = TimeSpan.FromMilliseconds(1);
            options.ReconnectMost = TimeSpan.FromMilliseconds(20);
            options.Media.ListenPort = 0;
            configure?.Invoke(options);
        });
        builder.Services.AddAri();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.ListenAudioSocket();
            server.ListenMediaSockets();
        });
        var app = builder.Build();
        app.UseMediaSockets();
        var rig = new AriRig(app, log);
        await app.StartAsync();
        return rig;
    }

    public static async Task<AriRig> ConnectAsync(FakeAri asterisk, Func<IncomingCall, ICallLeg, CancellationToken, Task<CallOutcome>> handle, Action<AriOptions>? configure = null)
    {
        var rig = await StartAsync(asterisk.Url, handle, configure);
        await rig.UntilAsync(() => rig.Status.Connected, "ARI connected");
        // The fake hears of its own socket a moment after us.
        await asterisk.UntilAsync(() => asterisk.EventSockets == 1, "the event socket");
        return rig;
    }

    public static CallOutcome Done(IncomingCall call, NextStep? next = null) => new(call.Id, CallResult.Done, "", next ?? NextStep.InDialplan);

    /// <summary>A handler for calls that last until the caller hangs up.</summary>
    public static async Task<CallOutcome> WaitForHangUp(IncomingCall call, ICallLeg leg, CancellationToken stopping)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (leg.HungUp.Register(gone.SetResult))
            await gone.Task;
        return new CallOutcome(call.Id, CallResult.HangUp, "caller-hung-up", NextStep.InDialplan);
    }

    public Task UntilAsync(Func<bool> condition, string what) => Changed.UntilAsync(condition, $"{what}. Log: {Log}");

    /// <summary>Nothing of any call is left, on our side and in Asterisk.</summary>
    public async Task UntilNothingIsLeftAsync(FakeAri asterisk)
    {
        await UntilAsync(() => Status is { ActiveCalls: 0, MediaSockets: 0, MediaChannels: 0, Bridges: 0 }, "no calls, sockets, channels, bridges");
        await asterisk.UntilAsync(() => asterisk.Bridges.IsEmpty && asterisk.Channels.IsEmpty && asterisk.Media.Values.All(m => m.Ended), "an empty Asterisk");
    }

    /// <param name="hurry">Cancelled = the host waits no longer.</param>
    public Task StopAsync(CancellationToken hurry = default) => _service.StopAsync(hurry);

    public async ValueTask DisposeAsync()
    {
        // A test that failed may have left a call that nobody ends.
        using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await StopAsync(hurry.Token);
        await _app.DisposeAsync();
    }

    private sealed class Handler(Func<IncomingCall, ICallLeg, CancellationToken, Task<CallOutcome>> handle) : ICallHandler
    {
        private readonly ConcurrentQueue<CallOutcome> _ended = new();

        public IReadOnlyList<CallOutcome> Ended => [.. _ended];

        public Task<CallOutcome> HandleAsync(IncomingCall call, ICallLeg leg, CancellationToken stopping) => handle(call, leg, stopping);

        public string? Refuses { get; set; }

        public string? Refusal(IncomingCall call, CancellationToken stopping) => stopping.IsCancellationRequested ? "draining" : Refuses;

        public void NotServed(IncomingCall call, CallOutcome outcome) => _ended.Enqueue(outcome);
    }
}

internal sealed class RecordingLogger : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<(LogLevel Level, EventId Id, string Text)> _lines = [];

    public IReadOnlyList<(LogLevel Level, EventId Id, string Text)> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public event Action? Written;

    public int Count(int id) => Lines.Count(line => line.Id.Id == id);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
            _lines.Add((logLevel, eventId, $"{formatter(state, exception)} {exception}"));
        Written?.Invoke();
    }

    public void Dispose()
    {
    }

    public override string ToString() => string.Join(" | ", Lines.Select(line => $"{line.Level} {line.Text}"));
}
