using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>Counts what one caller makes the engines do.</summary>
internal sealed class MeteredRecognizer(ISpeechRecognizer recognizer, TimeProvider time) : ISpeechRecognizer
{
    private long _ticks;
    private int _count;

    public string Name => recognizer.Name;

    public TimeSpan Took => new(Interlocked.Read(ref _ticks));

    public int Count => Volatile.Read(ref _count);

    public bool Hears(string language) => recognizer.Hears(language);

    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        var started = time.GetTimestamp();
        try
        {
            return await recognizer.RecognizeAsync(speech, expectation, language, cancellationToken);
        }
        finally
        {
            Interlocked.Add(ref _ticks, time.GetElapsedTime(started).Ticks);
        }
    }
}
