using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines;

/// <summary>Recognition by the first engine that can; by the last and lightest one while there is a queue.</summary>
internal sealed class SpeechLadder(Ladder<ISpeechRecognizer> ladder, Func<bool> isOverloaded) : ISpeechRecognizer
{
    public string Name { get; } = ladder.Rungs.Count == 0 ? "none" : string.Join('+', ladder.Rungs.Select(rung => rung.Name));

    public bool Hears(string language) => ladder.Rungs.Any(rung => rung.Hears(language));

    public ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken) =>
        ladder.ClimbAsync(
            isOverloaded() ? ladder.Rungs.Count - 1 : 0,
            rung => rung.Hears(language),
            (rung, token) => rung.RecognizeAsync(speech, expectation, language, token),
            cancellationToken);
}
