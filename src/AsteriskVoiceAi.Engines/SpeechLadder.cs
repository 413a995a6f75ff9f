using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines;

/// <summary>Recognition by the first engine that hears the language and can; by the lightest one while that one has a queue or is slow.</summary>
/// <param name="speed">Measures the engines, and knows which are slow now; null = nobody does.</param>
/// <param name="isOverloaded">Whether the queue of the models in this process is long; engines with a queue of their own know about it.</param>
internal sealed class SpeechLadder(Ladder<ISpeechRecognizer> ladder, Func<bool> isOverloaded, RecognitionSpeed? speed = null) : ISpeechRecognizer
{
    private const int SampleRate = 16_000;

    private volatile Arrangement _arrangement = new([.. Enumerable.Range(0, ladder.Rungs.Count)], ladder.Rungs.Count - 1);

    public string Name { get; } = ladder.Rungs.Count == 0 ? "none" : string.Join('+', ladder.Rungs.Select(rung => rung.Name));

    public bool Hears(string language) => ladder.Rungs.Any(rung => rung.Hears(language));

    /// <summary>The engine that answers calls in this language while nothing is wrong; null = none hears it.</summary>
    public string? LeaderFor(string language) => Order(language).Select(rung => ladder.Rungs[rung].Name).FirstOrDefault();

    /// <summary>Puts the rungs into another order, by name; one that is not named comes last.</summary>
    /// <param name="lightest">The rung for rush hours.</param>
    public void Arrange(IReadOnlyList<string> names, string lightest)
    {
        var rungs = Enumerable.Range(0, ladder.Rungs.Count).ToList();
        var order = rungs.OrderBy(rung => names.Contains(ladder.Rungs[rung].Name, StringComparer.Ordinal) ? 0 : 1)
            .ThenBy(rung => names.ToList().IndexOf(ladder.Rungs[rung].Name));
        _arrangement = new([.. order], rungs.FindIndex(rung => ladder.Rungs[rung].Name == lightest));
    }

    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        var transcript = await ladder.ClimbAsync(
            Order(language),
            (rung, token) => rung.RecognizeAsync(speech, expectation, language, token),
            cancellationToken);
        if (speed is not null)
            Measure(transcript, speech.Length, language);
        return transcript;
    }

    private void Measure(Transcript transcript, int samples, string language)
    {
        var (order, lightest) = _arrangement;
        var hasLighter = ladder.Rungs[lightest] is var least && least.Name != transcript.Engine && least.Hears(language) && order.Length > 1;
        speed!.Add(transcript.Engine, TimeSpan.FromSeconds(samples / (double)SampleRate), transcript.Work ?? transcript.Took, isLast: !hasLighter);
    }

    private List<int> Order(string language)
    {
        var (order, lightest) = _arrangement;
        var hearing = order.Where(rung => ladder.Rungs[rung].Hears(language)).ToList();
        // In the rush hour from the lightest on, round: the ones above it come last.
        var start = hearing.Count > 1 && IsToGiveWay(ladder.Rungs[hearing[0]]) ? Math.Max(0, hearing.IndexOf(lightest)) : 0;
        return [.. hearing.Skip(start), .. hearing.Take(start)];
    }

    private bool IsToGiveWay(ISpeechRecognizer rung) => IsCongested(rung) || speed?.IsSlow(rung.Name) == true;

    private bool IsCongested(ISpeechRecognizer rung) => rung is IQueueingRecognizer queueing ? queueing.IsCongested : isOverloaded();

    private sealed record Arrangement(int[] Order, int Lightest);
}
