using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines;

/// <summary>Synthesis by the first engine that can say the prompt; those with the voice that it asks for come first.</summary>
internal sealed class SynthesisLadder(Ladder<ISpeechSynthesizer> ladder) : ISpeechSynthesizer
{
    public string Name { get; } = ladder.Rungs.Count == 0 ? "none" : string.Join('+', ladder.Rungs.Select(rung => rung.Name));

    public IReadOnlyList<string> Voices { get; } = [.. ladder.Rungs.SelectMany(rung => rung.Voices)];

    public Task Started { get; } = Task.WhenAll(ladder.Rungs.Select(rung => rung.Started));

    public bool Speaks(string language) => ladder.Rungs.Any(rung => rung.Speaks(language));

    public string? LeaderFor(Prompt prompt) => Order(prompt).Select(rung => ladder.Rungs[rung].Name).FirstOrDefault();

    public ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        var order = Order(prompt);
        return ladder.ClimbAsync(order, MakeAsync, cancellationToken);

        async ValueTask<SpokenPrompt> MakeAsync(ISpeechSynthesizer rung, CancellationToken token) =>
            await rung.SynthesizeAsync(prompt, token) with { Engine = rung.Name, IsSecondChoice = rung != ladder.Rungs[order[0]] };
    }

    private List<int> Order(Prompt prompt) =>
    [
        .. Enumerable.Range(0, ladder.Rungs.Count).Where(rung => ladder.Rungs[rung].CanSay(prompt))
            .OrderBy(rung => prompt.Voice is null || ladder.Rungs[rung].Voices.Contains(prompt.Voice, StringComparer.Ordinal) ? 0 : 1),
    ];
}
