using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Recognition;

/// <summary>Drives one turn frame by frame: a script of speech and silence, in which 32 ms pass per frame.</summary>
internal sealed class ListeningScript
{
    private const int FrameMs = 32;

    private readonly SpeechMemory _memory = new(16_000 * 32);
    private readonly SpeechTracker _tracker = new();
    private readonly FakeTimeProvider _time = new();
    private readonly float[] _frame = new float[IVoiceActivityDetector.FrameSamples];

    public ListeningScript(Expectation? expectation = null, Func<string, bool>? keysComplete = null, TimeSpan? noInput = null, bool voiceInterrupts = true, string keys = "0123456789*#", string endKeys = "", TimeSpan? maxUtterance = null, Func<Transcript, CancellationToken, Task<UtteranceVectors>>? understand = null)
    {
        Recognizer = new ScriptedRecognizer();
        Turn = new ListeningTurn(
            new ListeningTerms(expectation ?? Expectation.Anything, noInput ?? TimeSpan.FromSeconds(5), maxUtterance ?? TimeSpan.FromSeconds(25), keysComplete ?? (_ => true), voiceInterrupts) { Language = "en-US", Keys = keys, EndKeys = endKeys, Understand = understand },
            new Hearing(_memory, Recognizer, TurnDetector, Status, Pauses.Add, _time, CancellationToken.None));
    }

    public ScriptedRecognizer Recognizer { get; }

    public ScriptedTurnDetector TurnDetector { get; } = new();

    public ListeningStatus Status { get; } = new();

    public List<PauseRecord> Pauses { get; } = [];

    public ListeningTurn Turn { get; }

    /// <summary>Time since the script began, in ms.</summary>
    public int Now { get; private set; }

    public async Task<ListeningScript> Speak(int ms) => await Frames(1, ms);

    public async Task<ListeningScript> Silence(int ms) => await Frames(0, ms);

    /// <summary>Goes on in silence until the turn ends; how many ms that took.</summary>
    public async Task<int> SilenceUntilOver(int atMostMs = 10_000)
    {
        var began = Now;
        while (!Turn.Result.IsCompleted && Now - began < atMostMs)
            await Frames(0, FrameMs);
        Assert.That(Turn.Result.IsCompleted, Is.True, $"the turn did not end within {atMostMs} ms of silence");
        return Now - began;
    }

    private async Task<ListeningScript> Frames(float probability, int ms)
    {
        for (var end = Now + ms; Now < end && !Turn.Result.IsCompleted;)
        {
            var at = _memory.Position;
            _memory.Append(_frame);
            _time.Advance(TimeSpan.FromMilliseconds(FrameMs));
            Now += FrameMs;
            _tracker.Take(probability, at);
            Turn.Advance(_tracker);
            await Turn.Recognizing;
        }
        return this;
    }
}

/// <summary>Answers with the texts it was given, one per recognition, and keeps what it was asked.</summary>
internal sealed class ScriptedRecognizer : ISpeechRecognizer
{
    public string Name => "scripted";

    public Queue<string> Answers { get; } = new();

    public List<int> SamplesAsked { get; } = [];

    public Exception? Breaks { get; set; }

    public bool Hears(string language) => true;

    public ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        SamplesAsked.Add(speech.Length);
        if (Breaks is not null)
            throw Breaks;
        return new(new Transcript(Answers.Count > 0 ? Answers.Dequeue() : "", 0.9, Name, TimeSpan.FromMilliseconds(80)));
    }
}

/// <summary>Answers with the probabilities it was given, one per pause; after them it has no opinion.</summary>
internal sealed class ScriptedTurnDetector : ITurnDetector
{
    public string Name => "scripted-turns";

    public Queue<double?> Answers { get; } = new();

    public List<int> SamplesAsked { get; } = [];

    public Exception? Breaks { get; set; }

    public ValueTask<double?> FinishedAsync(ReadOnlyMemory<float> turn, CancellationToken cancellationToken)
    {
        SamplesAsked.Add(turn.Length);
        return Breaks is null ? new(Answers.Count > 0 ? Answers.Dequeue() : null) : throw Breaks;
    }
}
