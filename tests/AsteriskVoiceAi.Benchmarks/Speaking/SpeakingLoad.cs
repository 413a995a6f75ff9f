using AsteriskVoiceAi.Benchmarks.Gauges;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Benchmarks.Speaking;

/// <summary>What came of so many callers who were spoken to at once, without a pause.</summary>
/// <param name="P50">Milliseconds from asking to having a sentence's sound.</param>
/// <param name="Wall">Seconds that it all took.</param>
/// <param name="Speech">Seconds of sound that were made.</param>
/// <param name="Processor">Seconds of one core.</param>
/// <param name="Refused">Sentences that the engine did not take, since its line was full.</param>
internal sealed record SpeakingLoad(double P50, double P95, double Wall, double Speech, double Processor, int Refused)
{
    public static async Task<SpeakingLoad> RunAsync(ISpeechSynthesizer engine, IReadOnlyList<string> texts, int callers)
    {
        var (began, processor) = (TimeProvider.System.GetTimestamp(), FamilyGauge.ProcessorTime);
        var next = -1;
        var done = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        var wall = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var spoken = done.SelectMany(caller => caller).Where(sentence => sentence.Speech > 0).ToList();
        return new(
            Percentiles.At(spoken.Select(sentence => sentence.Took), 0.5), Percentiles.At(spoken.Select(sentence => sentence.Took), 0.95), wall,
            spoken.Sum(sentence => sentence.Speech), (FamilyGauge.ProcessorTime - processor).TotalSeconds, done.Sum(caller => caller.Count) - spoken.Count);

        async Task<List<(double Took, double Speech)>> CallAsync()
        {
            List<(double, double)> sentences = [];
            for (int i; (i = Interlocked.Increment(ref next)) < Math.Max(texts.Count, callers);)
            {
                var asked = TimeProvider.System.GetTimestamp();
                try
                {
                    var spoken = await engine.SynthesizeAsync(new(texts[i % texts.Count], "en-US"), CancellationToken.None);
                    sentences.Add((TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds, spoken.Duration.TotalSeconds));
                }
                catch (SpeechEngineException)
                {
                    sentences.Add((0, 0));
                }
            }
            return sentences;
        }
    }
}
