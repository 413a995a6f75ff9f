using AsteriskVoiceAi.Calls.Flows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Tells an operator, when a flow is loaded, of each voice that it asks for in vain, and who speaks instead.</summary>
internal sealed partial class FlowVoiceCheck(FlowCatalog flows, ISpeechSynthesizer synthesizer, ILogger<FlowVoiceCheck> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var flow in flows.Names.Select(flows.Get).OfType<LoadedFlow>())
            Check(flow);
        flows.Changed += Check;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        flows.Changed -= Check;
        return Task.CompletedTask;
    }

    private void Check(LoadedFlow loaded)
    {
        var flow = loaded.Flow;
        if (synthesizer.LeaderFor(new(flow.Greeting.Render(_ => null), flow.Language)) is not { } otherwise)
        {
            NobodySpeaks(log, flow.Name, flow.Language);
            return;
        }
        foreach (var voice in flow.Voices.Except(synthesizer.Voices))
            NoSuchVoice(log, flow.Name, voice, synthesizer.Voices.Count == 0 ? "none" : string.Join(", ", synthesizer.Voices.Take(20)), otherwise);
    }

    [LoggerMessage(6010, LogLevel.Error, "Flow {Flow} asks for the voice {Voice}, which is not there (there are {Voices}); {Otherwise} speaks instead. Name it in speech.synthesizers, and see `voiceai voices` for what it needs")]
    private static partial void NoSuchVoice(ILogger log, string flow, string voice, string voices, string otherwise);

    [LoggerMessage(6011, LogLevel.Error, "Flow {Flow} is in {Language}, which no synthesizer speaks: its callers will hear nothing. Install espeak-ng, or name a voice for it in speech.synthesizers")]
    private static partial void NobodySpeaks(ILogger log, string flow, string language);
}
