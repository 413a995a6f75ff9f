using System.Globalization;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Health;

namespace AsteriskVoiceAi.Service.Systemd;

/// <summary>
/// Keeps systemd informed: ready when calls can be taken, a status line, stopping, and a watchdog that is fed only after every part on
/// which calls depend has answered (<see cref="IPulse"/>). The thread of its own proves nothing; it only asks, and can still say who hangs.
/// </summary>
internal sealed partial class SystemdNotifier(
    SystemdEnvironment manager,
    IEnumerable<IPulse> pulses,
    Readiness readiness,
    CallAdmission calls,
    VoiceAiOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SystemdNotifier> log) : IHostedLifecycleService, IDisposable
{
    /// <summary>A start that takes longer is a hang: loading every model there is takes half a minute on a slow disk.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    /// <summary>Granted with each look while the service starts or waits for Asterisk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly NotifySocket? _socket = NotifySocket.TryOpen(manager.NotifySocket);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _gate = new();
    private Thread? _thread;
    private string _told = "";
    private bool _ready;
    private bool _stopping;

    /// <summary>Three rounds fit into the time that systemd waits.</summary>
    private TimeSpan Round => (manager.Watchdog ?? Patience) / 3;

    /// <summary>Before all else.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_socket is null)
            return Task.CompletedTask;
        lifetime.ApplicationStopping.Register(Stopping);
        var thread = new Thread(Run) { IsBackground = true, Name = "systemd" };
        thread.Start();
        _thread = thread;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After all else, so that a long drain is fed to its end.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => _over.CancelAsync();

    public void Dispose()
    {
        _over.Cancel();
        _thread?.Join();
        _over.Dispose();
        _socket?.Dispose();
    }

    private void Run()
    {
        var over = _over.Token;
        var began = time.GetTimestamp();
        // While it starts and stops, parts are not there yet or not any more.
        var pool = new Heart([new PoolPulse()], time, over);
        var all = new Heart([new PoolPulse(), .. pulses], time, over);
        var look = Round < Look ? Round : Look;
        var complained = false;
        do
        {
            var started = lifetime.ApplicationStarted.IsCancellationRequested;
            var heart = started && !lifetime.ApplicationStopping.IsCancellationRequested ? all : pool;
            if (heart.IsWhole)
            {
                Tell(feed: true, extend: !readiness.IsStarting || time.GetElapsedTime(began) < LongestStart);
                if (heart.Age >= Round - look)
                    heart.Ask();
                complained = false;
            }
            else if (heart.Age > 2 * Round && !complained)
            {
                complained = true;
                Hangs(log, string.Join(", ", heart.Silent), heart.Age.TotalSeconds);
            }
        }
        while (!over.WaitHandle.WaitOne(look));
    }

    private void Tell(bool feed, bool extend)
    {
        var report = readiness.Report();
        lock (_gate)
        {
            if (_stopping)
            {
                _socket!.Send($"WATCHDOG=1\nSTATUS={Line($"Stopping: {Calls()}")}");
                return;
            }
            var state = feed ? "WATCHDOG=1" : "";
            if (report.Ready && !_ready)
                state += "\nREADY=1";
            else if (!_ready && extend)
                state += $"\nEXTEND_TIMEOUT_USEC={Microseconds(Patience)}";
            _ready |= report.Ready;
            var status = Line(report.Ready ? $"{(report.Status == "standby" ? "Standing by" : "Ready")}: {Calls()}" : $"Not ready, {Calls()}: {string.Join(' ', report.Reasons)}");
            if (status != _told)
                state += $"\nSTATUS={status}";
            _told = status;
            _socket!.Send(state);
        }
    }

    private void Stopping()
    {
        lock (_gate)
        {
            _stopping = true;
            // As long as the host itself waits, and a little for the process to end.
            var longest = options.Calls.DrainTimeout + ServiceHost.Closing + TimeSpan.FromSeconds(5);
            _socket!.Send($"STOPPING=1\nEXTEND_TIMEOUT_USEC={Microseconds(longest)}\nSTATUS={Line($"Stopping: {Calls()}")}");
        }
    }

    private string Calls() => calls.Active == 1 ? "1 call" : $"{calls.Active.ToString(CultureInfo.InvariantCulture)} calls";

    private static string Microseconds(TimeSpan span) => ((long)span.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>One line, and no longer than `systemctl status` shows without cutting off the reason that counts.</summary>
    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > 400 ? line[..399] + "…" : line;
    }

    [LoggerMessage(9010, LogLevel.Critical, "No answer from {Parts} for {Seconds:0} s: the service hangs there, and systemd restarts it if that lasts. Please report what the log says before this line")]
    private static partial void Hangs(ILogger log, string parts, double seconds);
}
