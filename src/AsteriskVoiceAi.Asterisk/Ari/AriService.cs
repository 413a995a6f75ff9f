using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Starts and stops the ARI side with the host.</summary>
internal sealed class AriService : IHostedLifecycleService, IDrainable, IDisposable
{
    private readonly StasisApp _app;
    private readonly AriConnection _connection;
    private readonly bool _enabled;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public AriService(IOptions<AriOptions> options, AriRest rest, AriCredentials credentials, AriStatus status, PhoneLines phones, MediaTransports media, MediaMetrics metrics, ICallHandler handler, FrameClock clock, TimeProvider time, ILogger<AriService> logger)
    {
        _enabled = options.Value.Enabled;
        var services = new StasisServices(options.Value, rest, status, phones, media, metrics, clock, handler, time, logger);
        _app = new StasisApp(services);
        _connection = new AriConnection(services, _app, credentials, AsteriskTrust.From(options.Value));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Once the ports are open, since media may come to one of them. Returns at once: the service starts also when Asterisk is not there yet.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_enabled)
            _running = Task.Run(() => _connection.RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Gives the calls to an instance that stands by; without one ends them, while their events still come.</summary>
    public async Task DrainAsync(CancellationToken hurry)
    {
        if (_enabled)
            await _connection.HandOverAsync(hurry);
        await _app.DrainAsync(hurry);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The connection ends last.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken);
        await _stop.CancelAsync();
        await _running;
        // What arrived with the last events.
        await _app.DrainAsync(cancellationToken);
    }

    public void Dispose()
    {
        _app.Dispose();
        _stop.Dispose();
    }
}
