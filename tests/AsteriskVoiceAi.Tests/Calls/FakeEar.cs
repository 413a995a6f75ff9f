using System.Threading.Tasks.Sources;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>A recogniser that the script answers for, when and as it likes.</summary>
internal sealed class FakeEar(Action changed) : ISpeechRecognizer
{
    private readonly Lock _gate = new();
    private readonly List<Question> _asked = [];

    public string Name => "fake-ear";

    /// <summary>The one language it hears; null = every one.</summary>
    public string? Language { get; set; }

    /// <summary>Everything it was asked to recognise.</summary>
    public IReadOnlyList<Question> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    /// <summary>The recognition that is waited for now.</summary>
    public Question? Open => Asked.LastOrDefault(question => question.IsOpen);

    public bool Hears(string language) => Language is null || language == Language;

    public ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        var question = new Question(speech.ToArray(), expectation, language, changed, cancellationToken);
        lock (_gate)
            _asked.Add(question);
        return question.Answered;
    }

    /// <summary>One recognition. Its answer runs on in the call at once, on the thread that gives it.</summary>
    internal sealed class Question : IValueTaskSource<Transcript>
    {
        private readonly Action _changed;
        private ManualResetValueTaskSourceCore<Transcript> _answer;
        private int _answered;
        private volatile bool _awaited;

        public Question(float[] speech, Expectation expectation, string language, Action changed, CancellationToken cancelled)
        {
            (Speech, Expectation, Language, _changed) = (speech, expectation, language, changed);
            cancelled.Register(() => Break(new OperationCanceledException(cancelled)));
        }

        /// <summary>16 kHz.</summary>
        public float[] Speech { get; }

        public Expectation Expectation { get; }

        public string Language { get; }

        public bool IsOpen => _awaited && Volatile.Read(ref _answered) == 0;

        public ValueTask<Transcript> Answered => new(this, _answer.Version);

        public void Answer(string text, double confidence = 0.9)
        {
            if (Interlocked.Exchange(ref _answered, 1) == 0)
                _answer.SetResult(Understood(text, confidence));
        }

        /// <summary>What the answer with these words is.</summary>
        public Transcript Understood(string text, double confidence = 0.9) =>
            new(text, confidence, "fake-ear", TimeSpan.FromMilliseconds(100)) { Expected = ExpectedWords.Read(Expectation, text, Language) };

        public void Break(Exception why)
        {
            if (Interlocked.Exchange(ref _answered, 1) == 0)
                _answer.SetException(why);
        }

        Transcript IValueTaskSource<Transcript>.GetResult(short token) => _answer.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<Transcript>.GetStatus(short token) => _answer.GetStatus(token);

        void IValueTaskSource<Transcript>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _answer.OnCompleted(continuation, state, token, flags);
            _awaited = true;
            _changed();
        }
    }
}
