using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>What to hear, and how.</summary>
/// <param name="Folder">Where the recordings are; null = beside the list.</param>
/// <param name="Concurrency">Recordings at once.</param>
internal sealed record SpeechEvaluationTerms(string List, string? Folder, LineCodec Codec, int Concurrency, string Language);

/// <summary>Hears the recordings of a list, some at once; none that fails stops the others.</summary>
internal sealed class SpeechEvaluation(SampleListening listening, ISpeechRecognizer recognizer, SpeechEvaluationTerms terms)
{
    /// <param name="progress">Told how many rows are done.</param>
    /// <returns>One for each row, in the order of the list.</returns>
    public async Task<SpeechOutcome[]> RunAsync(IReadOnlyList<SpeechRow> rows, Action<int> progress, CancellationToken cancellationToken)
    {
        var outcomes = new SpeechOutcome[rows.Count];
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, rows.Count),
            new ParallelOptions { MaxDegreeOfParallelism = terms.Concurrency, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                outcomes[i] = await HearAsync(rows[i], token);
                progress(Interlocked.Increment(ref done));
            });
        return outcomes;
    }

    private async Task<SpeechOutcome> HearAsync(SpeechRow row, CancellationToken cancellationToken)
    {
        if (row.Problem is { } problem)
            return Failed(row, problem);
        var path = row.PathIn(terms.Folder, terms.List);
        var language = row.Language ?? terms.Language;
        if (!recognizer.Hears(language))
            return Failed(row, $"{recognizer.Name} does not hear the language {language}");
        try
        {
            if (!WavFile.TryRead(await File.ReadAllBytesAsync(path, cancellationToken), out var samples, out var rate))
                return Failed(row, $"{path} is no WAVE file of linear, floating-point or G.711 samples");
            var (carried, lineRate) = TelephoneLine.Carry(samples, rate, terms.Codec);
            var sample = new SpokenSample(carried, lineRate, row.Expectation, language);
            var heard = await listening.HearAsync(sample, cancellationToken);
            return new(row, heard, sample.Duration, heard.Failure);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Failed(row, unreadable.Message);
        }
    }

    private static SpeechOutcome Failed(SpeechRow row, string problem) => new(row, null, TimeSpan.Zero, problem);
}
