using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines;

/// <summary>How long recognisers take on this machine for the same three seconds of speech.</summary>
/// <remarks>The clip is trial.wav beside this file: "Hello, I would like to ask about my last bill.", spoken by flite's voice rms, 8 kHz.</remarks>
internal sealed class RecognizerTrial(TimeProvider time)
{
    /// <summary>The first run of a model takes longer than all others, and the second may still.</summary>
    private const int Runs = 2;

    /// <summary>An engine that is slower than this is of no use in a call.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly Lazy<float[]> Clip = new(ReadClip);

    /// <summary>From here on a second run would only lengthen the start: the engine does not lead either way.</summary>
    private static readonly TimeSpan Hopeless = TimeSpan.FromSeconds(1);

    /// <summary>The shortest of two runs; null = it failed or took longer than ten seconds.</summary>
    public async Task<TimeSpan?> TimeAsync(ISpeechRecognizer recognizer, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Longest, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var shortest = TimeSpan.MaxValue;
        try
        {
            for (var run = 0; run < Runs && (run == 0 || shortest < Hopeless); run++)
            {
                var started = time.GetTimestamp();
                await recognizer.RecognizeAsync(Clip.Value, Expectation.Anything, "en", stop.Token);
                var took = time.GetElapsedTime(started);
                shortest = took < shortest ? took : shortest;
            }
            return shortest;
        }
        catch (SpeechEngineException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static float[] ReadClip()
    {
        using var file = typeof(RecognizerTrial).Assembly.GetManifestResourceStream("trial.wav")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        if (!WavFile.TryRead(bytes, out var samples, out var rate))
            throw new InvalidOperationException("trial.wav is no WAVE file");
        return [.. Resampler.Convert(samples, rate, 16_000).Select(sample => sample / 32_768f)];
    }
}
