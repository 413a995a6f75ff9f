using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Health;

/// <summary>Tells an operator at start what this machine ended up with, what is missing and what to do about it.</summary>
internal sealed partial class StartUpReport(SpeechEnginesReport engines, FlowCatalog flows, VoiceAiOptions options, ILogger<StartUpReport> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var engine in engines.Engines)
        {
            if (engine.IsAvailable)
                EngineFound(log, engine.Kind, engine.Name, engine.Detail);
            else
                EngineMissing(log, engine.Kind, engine.Name, engine.Detail);
        }
        if (flows.Names.Count > 0)
            FlowsFound(log, string.Join(", ", flows.Names));
        else
            NoFlow(log, options.Flows.Folder);
        Listening(log, options.FastAgi.Address, options.FastAgi.Port, options.AudioSocket.Port, options.Http.Port);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(9001, LogLevel.Information, "{Kind}: {Name}, {Detail}")]
    private static partial void EngineFound(ILogger log, SpeechEngineKind kind, string name, string detail);

    [LoggerMessage(9002, LogLevel.Warning, "{Kind}: {Name} is not available: {Detail}")]
    private static partial void EngineMissing(ILogger log, SpeechEngineKind kind, string name, string detail);

    [LoggerMessage(9003, LogLevel.Information, "Flows: {Flows}")]
    private static partial void FlowsFound(ILogger log, string flows);

    [LoggerMessage(9004, LogLevel.Warning, "There is no flow in {Folder}: route and Stasis calls go straight back to the dialplan. Put a NAME.yaml there, or set flows.folder")]
    private static partial void NoFlow(ILogger log, string folder);

    [LoggerMessage(9005, LogLevel.Information, "FastAGI on {Address}:{AgiPort}, AudioSocket on port {AudioPort}, HTTP on port {HttpPort}")]
    private static partial void Listening(ILogger log, string address, int agiPort, int audioPort, int httpPort);
}
