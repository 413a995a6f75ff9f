using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Engines;

/// <summary>
/// Loads the engines and runs each once: a first inference takes several times as long as the next, and the first caller should not be the
/// one to wait.
/// </summary>
/// <param name="inBackground">Whether the host starts meanwhile.</param>
internal sealed class SpeechEnginesStart(
    IServiceProvider services, EngineReadiness readiness, IOptions<SpeechOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SpeechEnginesStart> logger, bool inBackground) : IHostedLifecycleService, IDisposable
{
    private const int OneSecond = 16_000;

    /// <summary>An engine that takes longer hangs, or is of no use to a caller: the others begin to serve without it, and the ladder passes it over.</summary>
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!inBackground)
            return Task.Run(() => RunAsync(cancellationToken), cancellationToken);
        _running = Task.Run(RunInBackgroundAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private async Task RunInBackgroundAsync()
    {
        try
        {
            await RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The service stops before it was ready.
        }
#pragma warning disable CA1031 // A bug of ours. Nobody would ever be heard: calls go back to the dialplan, and whoever started the service starts it anew.
        catch (Exception e)
#pragma warning restore CA1031
        {
            EnginesLog.StartFailed(logger, e);
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var engines = services.GetRequiredService<SpeechEngines>();
        var hearing = await engines.Hearing.WaitAsync(stop);
        await Task.WhenAll(hearing.Recognizers.Select(recognizer => WarmUpAsync(recognizer, stop)));
        await ArrangeAsync(hearing, stop);
        await engines.Synthesizer.Started.WaitAsync(stop);
        if (engines.Synthesizer.Speaks("en"))
            await WarmUpAsync(engines.Synthesizer.Name, async () => await engines.Synthesizer.SynthesizeAsync(new("Hello.", "en"), stop));
        using (var activity = engines.Detector.Open())
            activity.Process(Tone(IVoiceActivityDetector.FrameSamples));
        await WarmUpAsync(hearing.TurnDetector.Name, async () => await hearing.TurnDetector.FinishedAsync(Tone(2 * OneSecond), stop));
        if (hearing.SentenceEncoder.Understands("en"))
            await WarmUpAsync(hearing.SentenceEncoder.Name, async () => await hearing.SentenceEncoder.EncodeAsync("where is my package", stop));
        EnginesLog.WarmedUp(logger, time.GetElapsedTime(started).TotalMilliseconds);
        readiness.SetReady(await engines.Report);
    }

    /// <summary>For <c>auto</c>: times each recognizer, one after the other, and lets the most accurate that is quick enough lead.</summary>
    private async Task ArrangeAsync(HearingEngines hearing, CancellationToken stop)
    {
        var configured = options.Value.Recognizers;
        if (configured.Contains(RecognizerRanking.Auto) && hearing.Recognizers.Count > 0)
        {
            var trial = new RecognizerTrial(time);
            var trials = new Dictionary<string, TimeSpan?>();
            foreach (var recognizer in hearing.Recognizers)
                trials[recognizer.Name] = recognizer.Hears("en") ? await trial.TimeAsync(recognizer, stop) : null;
            // What the configuration names before auto keeps its place.
            var first = configured.TakeWhile(name => name != RecognizerRanking.Auto).ToList();
            var order = first.Concat(RecognizerRanking.Order(trials, options.Value.LeadBudget).Except(first)).ToList();
            hearing.Recognizer.Arrange(order, trials.MinBy(entry => entry.Value ?? TimeSpan.MaxValue).Key);
            EnginesLog.Arranged(logger, options.Value.LeadBudget.TotalMilliseconds, string.Join(", ", order.Select(name => $"{name} {Milliseconds(trials.GetValueOrDefault(name))}")));
        }
        EnginesLog.Leads(logger, hearing.Recognizer.LeaderFor("en") ?? "keys only", hearing.Recognizer.LeaderFor("de") ?? "keys only");
    }

    private static string Milliseconds(TimeSpan? took) => took is { } time ? $"({time.TotalMilliseconds:0} ms)" : "(no answer)";

    private async Task WarmUpAsync(ISpeechRecognizer recognizer, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LongestWarmUp, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            if (recognizer is IQueueingRecognizer queueing)
                await queueing.Started.WaitAsync(stop);
            await WarmUpAsync(recognizer.Name, async () => await recognizer.RecognizeAsync(Tone(2 * OneSecond), Expectation.Anything, "en", either.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            EnginesLog.WarmUpFailed(logger, recognizer.Name, $"no answer within {LongestWarmUp.TotalSeconds:0} s");
        }
    }

    private async Task WarmUpAsync(string engine, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SpeechEngineException e)
        {
            EnginesLog.WarmUpFailed(logger, engine, e.Message);
        }
    }

    /// <summary>Not silence, which the engines skip.</summary>
    private static float[] Tone(int samples) => [.. Enumerable.Range(0, samples).Select(i => 0.1f * MathF.Sin(i * 0.2f))];
}
