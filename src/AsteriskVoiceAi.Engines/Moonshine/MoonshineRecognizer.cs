using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>English recognition by Moonshine in this process. 2.6 % word errors on telephone prompts with the base model, 6.1 % with tiny.</summary>
internal sealed class MoonshineRecognizer(string name, MoonshineModel model, EngineWorkers workers, TimeProvider time) : ISpeechRecognizer, IDisposable
{
    private const int SampleRate = 16_000;

    /// <summary>Sound under a second comes out empty; it gets silence behind it.</summary>
    private const int LeastSamples = SampleRate;

    /// <summary>The model was trained on at most 30 s; longer sound is recognised in pieces.</summary>
    private const int MostSamples = 28 * SampleRate;

    private const float TargetRms = 0.1f; // -20 dBFS

    /// <summary>-70 dBFS: under the quantisation noise of a telephone line nobody speaks.</summary>
    private const float LeastRms = 3e-4f;

    /// <summary>Fast digits need 6.5 tokens a second; more only gives a runaway decoder room.</summary>
    private const double TokensPerSecond = 6.5;
    private const int LeastTokens = 6;

    /// <summary>
    /// The decoder ends at once on half of all sounds with pauses in them, at 0.57 to 0.80 for lost speech and above 0.97 for silence
    /// and noise: only above this is an end as first token believed.
    /// </summary>
    private const double EmptyProbability = 0.95;

    public string Name { get; } = name;

    public bool Hears(string language) => LanguageTag.Primary(language) == "en";

    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (text, confidence) = await workers.RunAsync(token => Recognize(speech.Span, expectation, token), cancellationToken);
        return new(text, confidence, Name, time.GetElapsedTime(started));
    }

    public void Dispose() => model.Dispose();

    private (string Text, double Confidence) Recognize(ReadOnlySpan<float> speech, Expectation expectation, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        var probabilities = new List<double>();
        while (!speech.IsEmpty)
        {
            var piece = speech[..PieceLength(speech)];
            speech = speech[piece.Length..];
            var tokens = Decode(piece, expectation, probabilities, cancellationToken);
            texts.Add(model.Tokens.Decode(tokens));
        }
        var text = string.Join(' ', texts.Where(t => t.Length > 0));
        return (text, text.Length == 0 || probabilities.Count == 0 ? 0 : probabilities.Average());
    }

    private List<int> Decode(ReadOnlySpan<float> speech, Expectation expectation, List<double> probabilities, CancellationToken cancellationToken)
    {
        List<int> tokens = [];
        if (Loudness.Rms(speech) < LeastRms)
            return tokens;
        using var options = new OnnxRunOptions(model.Encoder.Runtime);
        using var ending = cancellationToken.UnsafeRegister(static o => ((OnnxRunOptions)o!).Terminate(), options);
        try
        {
            using var decoding = new MoonshineDecoding(model, Levelled(speech), options);
            var limit = Math.Max(LeastTokens, (int)(TokensPerSecond * speech.Length / SampleRate));
            var logits = new float[MoonshineDecoding.Vocabulary];
            for (var token = TokenTable.Begin; tokens.Count < limit;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                decoding.Step(token, logits);
                (token, var probability) = TokenChoice.Best(logits);
                if (token == TokenTable.End && (tokens.Count > 0 || probability > EmptyProbability))
                    break;
                if (token == TokenTable.End)
                    (token, probability) = TokenChoice.Best(logits, banned: TokenTable.End);
                tokens.Add(token);
                probabilities.Add(probability);
                // Digits repeat in earnest ("0000 0000"); there the limit on tokens has to do.
                if (expectation is not Expectation.Digits && RepeatGuard.Cut(tokens))
                    break;
            }
            return tokens;
        }
        catch (SpeechEngineException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static float[] Levelled(ReadOnlySpan<float> speech)
    {
        var levelled = new float[Math.Max(speech.Length, LeastSamples)];
        var gain = TargetRms / Loudness.Rms(speech);
        for (var i = 0; i < speech.Length; i++)
            levelled[i] = speech[i] * gain;
        return levelled;
    }

    /// <summary>All, or for very long sound up to the quietest 100 ms in the last third of what the model takes.</summary>
    private static int PieceLength(ReadOnlySpan<float> speech)
    {
        const int window = SampleRate / 10;
        if (speech.Length <= MostSamples)
            return speech.Length;
        var (quietest, at) = (float.MaxValue, MostSamples);
        for (var start = MostSamples * 2 / 3; start + window <= MostSamples; start += window)
        {
            var level = Loudness.Rms(speech.Slice(start, window));
            if (level < quietest)
                (quietest, at) = (level, start + (window / 2));
        }
        return at;
    }
}
