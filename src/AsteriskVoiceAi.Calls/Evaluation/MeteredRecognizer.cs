using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>Counts what one caller makes the engines do.</summary>
internal sealed class MeteredRecognizer(ISpeechRecognizer recognizer, TimeProvider time) : ISpeechRecognizer
{
    private long _ticks;
    private long _last;
    private int _count;

    public string Name => recognizer.Name;

    public TimeSpan Took => new(Interlocked.Read(ref _ticks));

    /// <summary>Of the last recognition that came to its end, from the question to the answer: what it waited in a queue is part of it.</summary>
    public TimeSpan Last => new(Interlocked.Read(ref _last));

    public int Count => Volatile.Read(ref _count);

    public bool Hears(string language) => recognizer.Hears(language);

    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        var started = time.GetTimestamp();
        try
        {
            var transcript = await recognizer.RecognizeAsync(speech, expectation, language, cancellationToken);
            Interlocked.Exchange(ref _last, time.GetElapsedTime(started).Ticks);
            return transcript;
        }
        finally
        {
            Interlocked.Add(ref _ticks, time.GetElapsedTime(started).Ticks);
        }
    }
}
