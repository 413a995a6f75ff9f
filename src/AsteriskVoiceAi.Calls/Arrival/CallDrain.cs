using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Lets calls end before anything of the service stops: every port is open and every engine runs until then.</summary>
internal sealed class CallDrain(
    IEnumerable<IDrainable> entrances, CallAdmission admission, IOptions<CallOptions> options, IHostApplicationLifetime lifetime, ILogger<CallDrain> log) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Set already where a signal stops us; a host that is stopped by its owner sets it only after this.
        lifetime.StopApplication();
        log.Draining(admission.Active, options.Value.DrainTimeout.TotalSeconds);
        return Task.WhenAll(entrances.Select(entrance => entrance.DrainAsync(cancellationToken)));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
