using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>A voice's network: phoneme ids to samples. Runs may go side by side.</summary>
internal sealed class PiperModel : IDisposable
{
    /// <summary>Two minutes at 48 kHz: no sentence takes so long, and a model that says so is broken.</summary>
    private const int MostSamples = 120 * 48_000;

    private static readonly string[] NeededInputs = ["input", "input_lengths", "scales"];

    private readonly OnnxSession _session;
    private readonly OnnxNames _inputs;
    private readonly OnnxNames _outputs;

    /// <param name="threads">Of one run. They wait asleep, not spinning: that costs half as much and is a little quicker.</param>
    /// <exception cref="SpeechEngineException">The file is missing, cut short, or no Piper voice.</exception>
    public PiperModel(OnnxRuntime runtime, string path, int threads)
    {
        try
        {
            _session = new(runtime, path, threads);
        }
        catch (SpeechEngineException e)
        {
            throw new SpeechEngineException($"the voice {path} can't be loaded, it may be cut short: {e.Message}; fetch it again with scripts/get-voice.sh", e);
        }
        if (NeededInputs.Except(_session.InputNames).FirstOrDefault() is { } missing || _session.InputNames.Except([.. NeededInputs, "sid"]).Any() || _session.OutputNames.Count == 0)
        {
            _session.Dispose();
            throw new SpeechEngineException($"{path} is no Piper voice: its inputs are {string.Join(", ", _session.InputNames.Take(8))}");
        }
        _inputs = new(_session.InputNames.Contains("sid") ? [.. NeededInputs, "sid"] : NeededInputs);
        _outputs = new([_session.OutputNames[0]]);
    }

    /// <summary>Samples in about [-1, 1], at the voice's own level.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run ends between two of its nodes.</exception>
    public float[] Speak(long[] ids, PiperScales scales, long speaker, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var runtime = _session.Runtime;
        using var options = new OnnxRunOptions(runtime);
        using var ending = cancellationToken.UnsafeRegister(static options => ((OnnxRunOptions)options!).Terminate(), options);
        using var input = new OnnxTensor<long>(runtime, 1, ids.Length);
        using var length = new OnnxTensor<long>(runtime, 1);
        using var scale = new OnnxTensor<float>(runtime, 3);
        using var who = new OnnxTensor<long>(runtime, 1);
        ids.CopyTo(input.Values);
        length.Values[0] = ids.Length;
        (scale.Values[0], scale.Values[1], scale.Values[2]) = (scales.Noise, scales.Length, scales.NoiseWidth);
        who.Values[0] = speaker;
        ReadOnlySpan<nint> inputs = [input.Pointer, length.Pointer, scale.Pointer, who.Pointer];
        Span<nint> outputs = [0];
        try
        {
            _session.Run(_inputs, inputs[.._inputs.Count], _outputs, outputs, options);
        }
        catch (SpeechEngineException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        try
        {
            var count = 1L;
            foreach (var dimension in runtime.Shape(outputs[0]))
                count *= dimension;
            return count is > 0 and <= MostSamples
                ? runtime.Floats(outputs[0], (int)count).ToArray()
                : throw new SpeechEngineException($"a voice made {count} samples of {ids.Length} phonemes");
        }
        finally
        {
            runtime.ReleaseValue(outputs[0]);
        }
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _outputs.Dispose();
        _session.Dispose();
    }
}
