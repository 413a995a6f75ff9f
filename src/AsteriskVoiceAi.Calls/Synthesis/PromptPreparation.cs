using AsteriskVoiceAi.Calls.Flows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Makes the audio of every prompt that the flows say, when they are loaded, so that no caller waits for it.</summary>
internal sealed class PromptPreparation(FlowCatalog flows, PromptCache cache, ILogger<PromptPreparation> log) : BackgroundService
{
    /// <summary>Telephone legs are 8 kHz; another rate is made when it is asked for.</summary>
    private const int TelephoneRate = 8000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var snapshot in flows.ChangesAsync(stoppingToken))
        {
            foreach (var flow in snapshot)
                await PrepareAsync(flow, stoppingToken);
        }
    }

    private async Task PrepareAsync(Flow flow, CancellationToken stopping)
    {
        foreach (var text in flow.FixedTexts.SelectMany(Sentences.Split))
        {
            try
            {
                await cache.GetAsync(new Prompt(text, flow.Language), TelephoneRate, stopping);
            }
            catch (SpeechEngineException broken)
            {
                log.NotPrepared(flow.Name, broken.Message);
                return;
            }
        }
        log.Prepared(flow.Name);
    }
}
