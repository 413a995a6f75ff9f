using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines;

/// <summary>Synthesis by the first engine that speaks the prompt's language and can.</summary>
internal sealed class SynthesisLadder(Ladder<ISpeechSynthesizer> ladder) : ISpeechSynthesizer
{
    public string Name { get; } = ladder.Rungs.Count == 0 ? "none" : string.Join('+', ladder.Rungs.Select(rung => rung.Name));

    public bool Speaks(string language) => ladder.Rungs.Any(rung => rung.Speaks(language));

    public ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken) =>
        ladder.ClimbAsync([.. Enumerable.Range(0, ladder.Rungs.Count).Where(rung => ladder.Rungs[rung].Speaks(prompt.Language))], (rung, token) => rung.SynthesizeAsync(prompt, token), cancellationToken);
}
