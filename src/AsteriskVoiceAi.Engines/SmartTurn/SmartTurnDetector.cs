using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.SmartTurn;

/// <summary>
/// Smart Turn v3: a Whisper-tiny encoder that hears whether somebody has finished. 60 ms of one core a pause, whatever its length, so it has
/// one thread of its own and a short line; a pause that would wait too long in it is decided without.
/// </summary>
internal sealed class SmartTurnDetector : ITurnDetector, IDisposable
{
    /// <summary>Three runs are 180 ms: a pause behind them gets its answer before the shortest end of an open question, 350 ms after it asked.</summary>
    private const int LongLine = 2;

    private readonly OnnxSession _session;
    private readonly OnnxNames _inputs = new(["input_features"]);
    private readonly OnnxNames _outputs = new(["logits"]);
    private readonly OnnxTensor<float> _features;
    private readonly OnnxTensor<float> _probability;
    private readonly TurnFeatures _recipe = new();
    private readonly EngineWorkers _worker;
    private readonly ILogger _logger;
    private int _failures;
    private bool _disposed;

    /// <exception cref="SpeechEngineException">The model is missing or is none.</exception>
    public SmartTurnDetector(OnnxRuntime runtime, string modelPath, TimeProvider time, ILogger logger, PreparedModels? prepared = null)
    {
        _session = new(runtime, modelPath, prepared: prepared);
        _logger = logger;
        _features = new(runtime, 1, TurnFeatures.Bands, TurnFeatures.Frames);
        _probability = new(runtime, 1, 1);
        _worker = new(1, time, capacity: LongLine + 2);
    }

    public string Name => "smart-turn-v3.2";

    public async ValueTask<double?> FinishedAsync(ReadOnlyMemory<float> turn, CancellationToken cancellationToken)
    {
        if (_worker.Waiting > LongLine)
            return null;
        try
        {
            return await _worker.RunAsync(token => Judge(turn.Span, token), cancellationToken);
        }
        catch (SpeechEngineException e)
        {
            // Once in a while is enough: calls go on without it, and a broken model breaks at every pause.
            if (Interlocked.Increment(ref _failures) % 100 == 1)
                EnginesLog.TurnDetectorFailed(_logger, Name, e.Message);
            throw;
        }
    }

    /// <summary>Owned by the engines and by the container that hands it out, so it may be asked twice.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _worker.Dispose();
        _features.Dispose();
        _probability.Dispose();
        _inputs.Dispose();
        _outputs.Dispose();
        _session.Dispose();
    }

    /// <summary>On the worker's thread only.</summary>
    private double? Judge(ReadOnlySpan<float> turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _recipe.Compute(turn, _features.Values);
        ReadOnlySpan<nint> inputs = [_features.Pointer];
        Span<nint> outputs = [_probability.Pointer];
        _session.Run(_inputs, inputs, _outputs, outputs);
        // The model calls it logits, but it is the probability already.
        return _probability.Values[0];
    }
}
