using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;

namespace AsteriskVoiceAi.Service.Health;

/// <summary>Whether calls can be taken, and what stands in the way.</summary>
internal sealed class Readiness(EngineReadiness engines, AriStatus ari, MediaStatus media, RecordsStatus records, DescriptorRoom descriptors, VoiceAiOptions options, IHostApplicationLifetime lifetime)
{
    /// <summary>Whether the service is on its way up, and needs nothing for it but time.</summary>
    public bool IsStarting => !lifetime.ApplicationStarted.IsCancellationRequested || engines.Report is null || records.IsOpening;

    public ReadinessReport Report()
    {
        var reasons = Reasons().ToList();
        return new(reasons.Count > 0 ? "not-ready" : options.Ari.Enabled && ari.Standby ? "standby" : "ready", reasons) { Warnings = [.. Warnings()] };
    }

    /// <summary>What an operator should look at, and no reason to send callers elsewhere: a telephone that works without its records is worth more than none.</summary>
    private IEnumerable<string> Warnings()
    {
        if (records.Fault is { } fault)
            yield return $"Call records can't be written: {fault}.";
        if (descriptors.IsShort)
            yield return $"New calls are refused: no more than {descriptors.Left} of {descriptors.Limit} file descriptors are left. Raise LimitNOFILE, or see what holds them: ls -l /proc/PID/fd.";
    }

    private IEnumerable<string> Reasons()
    {
        if (IsStarting)
            yield return $"The service is starting: its {(engines.Report is null ? "speech engines are being loaded" : "call records are being opened")}.";
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            yield return "The service is stopping.";
        if (engines.Report is { CanSpeak: false })
            yield return "No speech synthesis is available: install flite or espeak-ng.";
        if (engines.Report is { CanRecognize: false })
            yield return "No speech recognition is available: run scripts/get-models.sh and set speech.models-folder.";
        if (options.Ari.Enabled && !ari.Connected && !ari.Standby)
            yield return $"Asterisk's REST interface at {options.Ari.Url} is not connected: {ari.LastError ?? "trying"}. Without it, set ari.enabled to false; FastAGI calls work all the same.";
        if (options.Ari.Enabled && ari.Connected && media.Transports.Count == 0)
            yield return $"Calls over ARI would have no audio: {media.Reason}.";
    }
}

/// <param name="Status"><c>ready</c>; <c>standby</c> = all is well and another instance gets the calls of ARI; <c>not-ready</c>.</param>
/// <param name="Reasons">Why not, each with what to do.</param>
internal sealed record ReadinessReport(string Status, IReadOnlyList<string> Reasons)
{
    public bool Ready => Reasons.Count == 0;

    /// <summary>What is wrong, but does not stand in the way of calls.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
