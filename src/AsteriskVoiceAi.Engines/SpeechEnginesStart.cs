using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Engines;

/// <summary>
/// Loads the engines and runs each once before any server listens: a first inference takes several times as long as the next,
/// and the first caller should not be the one to wait.
/// </summary>
internal sealed class SpeechEnginesStart(IServiceProvider services, IOptions<SpeechOptions> options, TimeProvider time, ILogger<SpeechEnginesStart> logger) : IHostedLifecycleService
{
    private const int OneSecond = 16_000;

    /// <summary>An engine that takes longer hangs, or is of no use to a caller: the others begin to serve without it, and the ladder passes it over.</summary>
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(10);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // Loading models takes about a second of computing.
        var engines = await Task.Run(services.GetRequiredService<SpeechEngines>, cancellationToken);
        await Task.WhenAll(engines.Recognizers.Select(recognizer => WarmUpAsync(recognizer, cancellationToken)));
        await ArrangeAsync(engines, cancellationToken);
        // A prompt that is made before its voice is up would be another's for as long as it is kept.
        await Task.WhenAll(engines.Synthesizers.OfType<IStartingEngine>().Select(engine => engine.Started.WaitAsync(cancellationToken)));
        if (engines.Synthesizer.Speaks("en"))
            await WarmUpAsync(engines.Synthesizer, cancellationToken);
        using (var activity = engines.Detector.Open())
            activity.Process(Tone(IVoiceActivityDetector.FrameSamples));
        await WarmUpAsync(engines.TurnDetector, cancellationToken);
        await WarmUpAsync(engines.SentenceEncoder, cancellationToken);
        EnginesLog.WarmedUp(logger, time.GetElapsedTime(started).TotalMilliseconds);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>For <c>auto</c>: times each recognizer, one after the other, and lets the most accurate that is quick enough lead.</summary>
    private async Task ArrangeAsync(SpeechEngines engines, CancellationToken cancellationToken)
    {
        var configured = options.Value.Recognizers;
        if (configured.Contains(RecognizerRanking.Auto) && engines.Recognizers.Count > 0)
        {
            var trial = new RecognizerTrial(time);
            var trials = new Dictionary<string, TimeSpan?>();
            foreach (var recognizer in engines.Recognizers)
                trials[recognizer.Name] = recognizer.Hears("en") ? await trial.TimeAsync(recognizer, cancellationToken) : null;
            // What the configuration names before auto keeps its place.
            var first = configured.TakeWhile(name => name != RecognizerRanking.Auto).ToList();
            var order = first.Concat(RecognizerRanking.Order(trials, options.Value.LeadBudget).Except(first)).ToList();
            engines.Recognizer.Arrange(order, trials.MinBy(entry => entry.Value ?? TimeSpan.MaxValue).Key);
            EnginesLog.Arranged(logger, options.Value.LeadBudget.TotalMilliseconds, string.Join(", ", order.Select(name => $"{name} {Milliseconds(trials.GetValueOrDefault(name))}")));
        }
        EnginesLog.Leads(logger, engines.Recognizer.LeaderFor("en") ?? "keys only", engines.Recognizer.LeaderFor("de") ?? "keys only");
    }

    private static string Milliseconds(TimeSpan? took) => took is { } time ? $"({time.TotalMilliseconds:0} ms)" : "(no answer)";

    private async Task WarmUpAsync(ISpeechRecognizer recognizer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestWarmUp, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (recognizer is IQueueingRecognizer queueing)
                await queueing.Started.WaitAsync(cancellationToken);
            await recognizer.RecognizeAsync(Tone(2 * OneSecond), Expectation.Anything, "en", stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            EnginesLog.WarmUpFailed(logger, recognizer.Name, $"no answer within {LongestWarmUp.TotalSeconds:0} s");
        }
        catch (SpeechEngineException e)
        {
            EnginesLog.WarmUpFailed(logger, recognizer.Name, e.Message);
        }
    }

    private async Task WarmUpAsync(ITurnDetector detector, CancellationToken cancellationToken)
    {
        try
        {
            await detector.FinishedAsync(Tone(2 * OneSecond), cancellationToken);
        }
        catch (SpeechEngineException e)
        {
            EnginesLog.WarmUpFailed(logger, detector.Name, e.Message);
        }
    }

    private async Task WarmUpAsync(ISentenceEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            if (encoder.Understands("en"))
                await encoder.EncodeAsync("where is my package", cancellationToken);
        }
        catch (SpeechEngineException e)
        {
            EnginesLog.WarmUpFailed(logger, encoder.Name, e.Message);
        }
    }

    private async Task WarmUpAsync(ISpeechSynthesizer synthesizer, CancellationToken cancellationToken)
    {
        try
        {
            await synthesizer.SynthesizeAsync(new("Hello.", "en"), cancellationToken);
        }
        catch (SpeechEngineException e)
        {
            EnginesLog.WarmUpFailed(logger, synthesizer.Name, e.Message);
        }
    }

    /// <summary>Not silence, which the engines skip.</summary>
    private static float[] Tone(int samples) => [.. Enumerable.Range(0, samples).Select(i => 0.1f * MathF.Sin(i * 0.2f))];
}
