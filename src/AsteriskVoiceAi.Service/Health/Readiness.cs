using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Engines;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.Health;

/// <summary>Whether calls can be taken, and what stands in the way.</summary>
internal sealed class Readiness(SpeechEnginesReport engines, FlowCatalog flows, AriStatus ari, IOptions<AriOptions> ariOptions, IHostApplicationLifetime lifetime)
{
    public ReadinessReport Report()
    {
        var reasons = new List<string>();
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
            reasons.Add("starting");
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            reasons.Add("stopping");
        return new ReadinessReport(reasons.Count == 0, reasons);
    }
}

/// <param name="Reasons">Why not, each with what to do.</param>
internal sealed record ReadinessReport(bool Ready, IReadOnlyList<string> Reasons);
