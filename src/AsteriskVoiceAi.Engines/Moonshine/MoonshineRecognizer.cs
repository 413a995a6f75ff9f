using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Moonshine.Grammars;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>
/// English recognition by Moonshine in this process. 2.6 % word errors on telephone prompts with the base model, 6.1 % with tiny. Where something is
/// expected, only that is looked for first; what is nothing like it is then read freely.
/// </summary>
internal sealed class MoonshineRecognizer(string name, MoonshineModel model, EngineWorkers workers, TimeProvider time) : ISpeechRecognizer, IDisposable
{
    private const int SampleRate = 16_000;

    /// <summary>Sound under a second comes out empty; it gets silence behind it.</summary>
    private const int LeastSamples = SampleRate;

    /// <summary>The model was trained on at most 30 s; longer sound is recognised in pieces.</summary>
    private const int MostSamples = 28 * SampleRate;

    private const float TargetRms = 0.1f; // -20 dBFS

    /// <summary>Put before and behind the sound: with 200 ms 2.3 instead of 3.1 % of the words on telephone prompts are wrong.</summary>
    private const int PadSamples = SampleRate / 5;

    /// <summary>
    /// Of what is put there, -65 dBFS: the hush of a line. Of single digits 95 % are right between it, and 93 % between digital silence, which the
    /// decoder likes to take for the end.
    /// </summary>
    private const float HushAmplitude = 0.001f;

    /// <summary>Under this a yes or no may have been a part of what was said.</summary>
    private const double ClearAnswer = 0.15;

    /// <summary>So many words besides it are no stutter.</summary>
    private const int MoreWords = 2;

    /// <summary>
    /// By so much is a free reading of several words likelier, as a logarithm (20 times), when something else was said than the number, code or day that it was
    /// pressed into. Of numbers of 4 and 10 digits by eight voices none that was heard right comes over 2.1, of sentences with a number or day in them two in three do.
    /// </summary>
    private const double Likelier = 3;

    private static readonly float[] Hush = MakeHush();

    /// <summary>-70 dBFS: under the quantisation noise of a telephone line nobody speaks.</summary>
    private const float LeastRms = 3e-4f;

    private readonly GrammarShelf _grammars = new(model.Tokens);
    private readonly DraftShelf _drafts = new(time);

    public string Name { get; } = name;

    public bool Hears(string language) => LanguageTag.Primary(language) == "en";

    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var work = TimeSpan.Zero;
        var heard = await workers.RunAsync(
            token =>
            {
                var begun = time.GetTimestamp();
                var reading = Recognize(speech.Span, expectation, token);
                work = time.GetElapsedTime(begun);
                return reading;
            },
            cancellationToken);
        return new(heard.Text, heard.Confidence, Name, time.GetElapsedTime(started))
        {
            Work = work,
            Expected = heard.Expected,
            Alternatives = heard.Alternatives,
            EndMark = heard.EndMark,
        };
    }

    public void Dispose() => model.Dispose();

    private Reading Recognize(ReadOnlySpan<float> speech, Expectation expectation, CancellationToken cancellationToken)
    {
        if (speech.Length <= MostSamples)
            return Piece(speech, expectation, cancellationToken);
        var pieces = new List<Reading>();
        while (!speech.IsEmpty)
        {
            var piece = speech[..SpeechPieces.Length(speech, MostSamples)];
            speech = speech[piece.Length..];
            var heard = Piece(piece, Expectation.Anything, cancellationToken);
            if (heard.Text.Length > 0)
                pieces.Add(heard);
        }
        return pieces.Count == 0 ? Reading.Nothing : new(string.Join(' ', pieces.Select(p => p.Text)), pieces.Average(p => p.Confidence)) { EndMark = pieces[^1].EndMark };
    }

    private Reading Piece(ReadOnlySpan<float> speech, Expectation expectation, CancellationToken cancellationToken)
    {
        if (Loudness.Rms(speech) < LeastRms)
            return Reading.Nothing;
        using var options = new OnnxRunOptions(model.Encoder.Runtime);
        using var ending = cancellationToken.UnsafeRegister(static o => ((OnnxRunOptions)o!).Terminate(), options);
        try
        {
            var grammar = _grammars.For(expectation);
            using var decoding = new MoonshineDecoding(model, Levelled(speech), _drafts.Find(speech, free: grammar is null), options);
            // Asked at the start; but one number in thirty looks like no words there, so what is expected is looked for in any case.
            var isEmpty = FreeDecoder.IsEmpty(decoding);
            var expected = grammar is null ? null : GrammarDecoder.Read(decoding, grammar, model.Tokens, cancellationToken);
            if (expected is not null && (isEmpty || !MayBeOther(expectation, expected)))
                return Keep(speech, free: false, expected);
            if (grammar is not null)
                decoding.Rewind();
            if (isEmpty)
                return Reading.Nothing;
            var free = FreeDecoder.Read(decoding, model.Tokens, speech.Length / (double)SampleRate, expectation, cancellationToken);
            if (expected is not null && !IsOther(expectation, free, expected))
                return Keep(speech, free: false, expected);
            return Keep(speech, free: true, expected is null ? free : free with { Expected = FreeValue.Of(expectation, free.Text) });
        }
        catch (SpeechEngineException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Whether it is worth reading freely what was read as expected. No reading is likelier than certain.</summary>
    private static bool MayBeOther(Expectation expectation, Reading expected) => expectation switch
    {
        Expectation.YesNo => expected.Confidence < ClearAnswer,
        Expectation.Digits or Expectation.Characters or Expectation.Date => expected.Score < -Likelier,
        _ => false,
    };

    private static bool IsOther(Expectation expectation, Reading free, Reading expected) =>
        expectation is Expectation.YesNo ? SaysMore(free, expected) : free.Score > expected.Score + Likelier && Words(free.Text) >= MoreWords;

    /// <summary>"No, four one five seven": what comes after an answer must not be pressed into it.</summary>
    private static bool SaysMore(Reading free, Reading answer) => Words(free.Text) >= Words(answer.Text) + MoreWords;

    private static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>But for the mark at its end: when the caller goes on, that is the first that changes.</summary>
    private Reading Keep(ReadOnlySpan<float> speech, bool free, Reading reading)
    {
        var tokens = reading.Tokens;
        _drafts.Keep(speech, free, [.. tokens.Take(tokens.Count > 0 && model.Tokens.EndsSentence(tokens[^1]) ? tokens.Count - 1 : tokens.Count)]);
        return reading;
    }

    private static float[] Levelled(ReadOnlySpan<float> speech)
    {
        var levelled = new float[Math.Max(speech.Length + (2 * PadSamples), LeastSamples)];
        var gain = TargetRms / Loudness.Rms(speech);
        for (var i = 0; i < speech.Length; i++)
            levelled[PadSamples + i] = speech[i] * gain;
        Hush.AsSpan(0, PadSamples).CopyTo(levelled);
        var behind = levelled.AsSpan(PadSamples + speech.Length);
        Hush.AsSpan(0, behind.Length).CopyTo(behind);
        return levelled;
    }

    /// <summary>The same each time, so that the same sound gives the same words.</summary>
    private static float[] MakeHush()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, LeastSamples).Select(_ => HushAmplitude * ((2 * random.NextSingle()) - 1))];
    }
}
