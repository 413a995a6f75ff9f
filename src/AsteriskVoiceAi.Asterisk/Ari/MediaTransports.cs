using AsteriskVoiceAi.Asterisk.Media;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>All media transports of this service, and which of them the Asterisk at hand can serve. Thread-safe.</summary>
/// <param name="transports">Best first, one of each kind.</param>
internal sealed class MediaTransports(MediaOptions options, IReadOnlyList<IMediaTransport> transports, MediaStatus status, ILogger logger)
{
    private volatile MediaPlan _plan = new([], "not connected to Asterisk yet");

    /// <summary>As of the last connection to Asterisk.</summary>
    public MediaPlan Plan => _plan;

    public MediaStatus Status => status;

    /// <summary>Asks Asterisk for its modules, and decides. Logs what was decided, once for each change.</summary>
    /// <exception cref="AriException">Asterisk cannot be asked.</exception>
    public async Task ProbeAsync(AriRest rest, string version, CancellationToken cancellationToken)
    {
        var modules = await rest.GetModulesAsync(cancellationToken);
        var running = modules.Where(module => module.Status == "Running").Select(module => module.Name).ToHashSet();
        var plan = MediaPlan.Make(options, transports, version, running);
        if (plan.Reason != _plan.Reason)
        {
            if (plan.Transports.Count > 0)
                logger.TransportChosen(plan.Reason);
            else
                logger.NoTransport(plan.Reason);
        }
        if (plan.Transports.Count == 0)
            status.CountFault(MediaFault.ModuleMissing);
        _plan = plan;
        status.SetPlan(plan);
    }

    /// <summary>The configured codec where the transport carries it, else the nearest to the caller's own.</summary>
    public MediaFormat FormatFor(IMediaTransport transport, MediaFormat callers) =>
        options.Format != FormatChoice.Auto && MediaFormat.Of(options.Format) is var wanted && transport.Carries(wanted) ? wanted : transport.FormatFor(callers);
}
