using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines;

/// <summary>Synthesis by the first engine that speaks the prompt's language and can.</summary>
internal sealed class SynthesisLadder(Ladder<ISpeechSynthesizer> ladder) : ISpeechSynthesizer
{
    public string Name { get; } = ladder.Rungs.Count == 0 ? "none" : string.Join('+', ladder.Rungs.Select(rung => rung.Name));

    public bool Speaks(string language) => ladder.Rungs.Any(rung => rung.Speaks(language));

    public ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        List<int> speaking = [.. Enumerable.Range(0, ladder.Rungs.Count).Where(rung => ladder.Rungs[rung].Speaks(prompt.Language))];
        return ladder.ClimbAsync(speaking, MakeAsync, cancellationToken);

        async ValueTask<SpokenPrompt> MakeAsync(ISpeechSynthesizer rung, CancellationToken token)
        {
            var made = await rung.SynthesizeAsync(prompt, token);
            return rung == ladder.Rungs[speaking[0]] ? made : made with { IsSecondChoice = true };
        }
    }
}
