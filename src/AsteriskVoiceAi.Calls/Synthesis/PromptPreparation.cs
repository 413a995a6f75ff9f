using System.Threading.Channels;
using AsteriskVoiceAi.Calls.Flows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Makes the audio of everything that a flow always says, when it is loaded, so that no caller waits for it.</summary>
internal sealed class PromptPreparation(FlowCatalog flows, PromptCache cache, ILogger<PromptPreparation> log) : BackgroundService
{
    /// <summary>Telephone legs are 8 kHz; another rate is made when it is asked for.</summary>
    private const int TelephoneRate = 8000;

    /// <summary>A word that no text has, in place of a variable's value.</summary>
    private const string Variable = "qxvariablexq";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A flow that changes again before its turn is prepared once more; both are few.
        var changed = Channel.CreateBounded<LoadedFlow>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropOldest });
        flows.Changed += flow => changed.Writer.TryWrite(flow);
        foreach (var name in flows.Names)
        {
            if (flows.Get(name) is { } flow)
                changed.Writer.TryWrite(flow);
        }
        await cache.Started.WaitAsync(stoppingToken);
        await foreach (var flow in changed.Reader.ReadAllAsync(stoppingToken))
            await PrepareAsync(flow.Flow, stoppingToken);
    }

    private async Task PrepareAsync(Flow flow, CancellationToken stopping)
    {
        foreach (var words in FixedPieces(flow))
        {
            try
            {
                await cache.GetAsync(words, TelephoneRate, stopping);
            }
            catch (SpeechEngineException broken)
            {
                log.NotPrepared(flow.Name, broken.Message);
                return;
            }
        }
        log.Prepared(flow.Name);
    }

    /// <summary>Fixed texts, and of those with variables the sentences that have none: whole sentences sound right on their own.</summary>
    private static IEnumerable<Prompt> FixedPieces(Flow flow) => flow.FixedTexts.Concat(flow.TextsWith(Variable))
        .SelectMany(text => PromptPieces.Of(new Prompt(text, flow.Language) { Voice = flow.Voice, IsFixed = true }))
        .Select(piece => piece.Words)
        .OfType<Prompt>()
        .Where(words => !words.Text.Contains(Variable, StringComparison.OrdinalIgnoreCase));
}
