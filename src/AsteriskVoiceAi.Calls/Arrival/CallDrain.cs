using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Lets calls end before anything of the service stops: every port is open and every engine runs until then.</summary>
public sealed class CallDrain(
    IEnumerable<IDrainable> entrances, CallAdmission admission, IOptions<CallOptions> options, IHostApplicationLifetime lifetime, ILogger<CallDrain> log) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _over = new();

    /// <summary>Cancelled when the service stops and no call is left.</summary>
    public CancellationToken Over => _over.Token;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Set already where a signal stops us; a host that is stopped by its owner sets it only after this.
        lifetime.StopApplication();
        log.Draining(admission.Active, options.Value.DrainTimeout.TotalSeconds);
        await Task.WhenAll(entrances.Select(entrance => entrance.DrainAsync(cancellationToken)));
        await _over.CancelAsync();
    }

    public void Dispose() => _over.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
