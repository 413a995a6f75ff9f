using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Health;

/// <summary>Tells an operator at start what is served and where; the engines tell of themselves.</summary>
internal sealed partial class StartUpReport(FlowCatalog flows, VoiceAiOptions options, ILogger<StartUpReport> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (flows.Names.Count > 0)
            FlowsFound(log, string.Join(", ", flows.Names));
        else
            NoFlow(log, options.Flows.Folder);
        Listening(log, options.FastAgi.Address, options.FastAgi.Port, options.AudioSocket.Port, options.Http.Port);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(9003, LogLevel.Information, "Flows: {Flows}")]
    private static partial void FlowsFound(ILogger log, string flows);

    [LoggerMessage(9004, LogLevel.Warning, "There is no flow in {Folder}: route and Stasis calls go straight back to the dialplan. Put a NAME.yaml there, or set flows.folder")]
    private static partial void NoFlow(ILogger log, string folder);

    [LoggerMessage(9005, LogLevel.Information, "FastAGI on {Address}:{AgiPort}, AudioSocket on port {AudioPort}, HTTP on port {HttpPort}")]
    private static partial void Listening(ILogger log, string address, int agiPort, int audioPort, int httpPort);
}
