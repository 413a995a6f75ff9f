using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Recognition by Whisper. Slower than Moonshine on a CPU, but in 99 languages, and untroubled by pauses in the speech.</summary>
/// <param name="hears">Whether the model knows a language, by Whisper's code.</param>
internal sealed class WhisperRecognizer(string name, ITranscriber transcriber, Func<string, bool> hears, TimeProvider time) : IQueueingRecognizer, IAsyncDisposable
{
    private const int SampleRate = 16_000;

    /// <summary>-70 dBFS: under the quantisation noise of a telephone line nobody speaks.</summary>
    private const float LeastRms = 3e-4f;

    /// <summary>Shorter sound is not looked at by whisper.cpp at all; it gets silence behind it.</summary>
    private const int LeastSamples = SampleRate * 11 / 10;

    /// <summary>Some dozen words; more make the model repeat them.</summary>
    private const int LongestPrompt = 200;

    public string Name { get; } = name;

    public bool IsCongested => transcriber.IsCongested;

    public Task Started => transcriber.Started;

    public bool Hears(string language) => WhisperLanguages.Code(language) is { } code && hears(code);

    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var code = WhisperLanguages.Code(language) ?? throw new SpeechEngineException($"{Name} does not know the language '{language}'");
        var parts = new List<WhisperText>();
        var work = TimeSpan.Zero;
        while (!speech.IsEmpty)
        {
            var piece = speech[..SpeechPieces.Length(speech.Span, (int)(WhisperQuestion.Longest.TotalSeconds * SampleRate))];
            speech = speech[piece.Length..];
            if (Loudness.Rms(piece.Span) < LeastRms)
                continue;
            var reply = await transcriber.TranscribeAsync(Question(piece.Span, expectation, code), cancellationToken);
            parts.Add(WhisperText.Read(reply, code));
            work += reply.Took;
        }
        var heard = WhisperText.Join(parts);
        return new(heard.Text, heard.Confidence, Name, time.GetElapsedTime(started)) { Expected = ExpectedWords.Read(expectation, heard.Text, language), Work = work > TimeSpan.Zero ? work : null };
    }

    public ValueTask DisposeAsync() => transcriber.DisposeAsync();

    private static WhisperQuestion Question(ReadOnlySpan<float> speech, Expectation expectation, string code)
    {
        var samples = new short[Math.Max(speech.Length, LeastSamples)];
        for (var i = 0; i < speech.Length; i++)
            samples[i] = (short)Math.Clamp(speech[i] * 32_767, short.MinValue, short.MaxValue);
        var context = WhisperQuestion.AudioContextFor(TimeSpan.FromSeconds((double)samples.Length / SampleRate));
        return new(WavFile.Write(samples, SampleRate), context, code, context >= WhisperQuestion.LeastContextWithPrompt ? Prompt(expectation) : "");
    }

    /// <summary>Names among the choices come out right more often when the model has read them.</summary>
    private static string Prompt(Expectation expectation) =>
        expectation is Expectation.OneOf(var phrases) && string.Join(", ", phrases) is { Length: <= LongestPrompt } prompt ? prompt + "." : "";
}
