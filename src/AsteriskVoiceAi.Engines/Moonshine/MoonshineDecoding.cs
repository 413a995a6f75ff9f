using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>
/// One utterance in the decoder, token by token. Caches never leave native memory: what a step returns is the next one's input.
/// Used by one thread.
/// </summary>
internal sealed class MoonshineDecoding : IDisposable
{
    public const int Vocabulary = 32_768;

    private const int Heads = 8;

    private readonly MoonshineModel _model;
    private readonly OnnxRuntime _runtime;
    private readonly OnnxRunOptions _options;
    private readonly OnnxTensor<long> _token;
    private readonly OnnxTensor<bool> _useCache;
    private readonly OnnxTensor<float> _empty;
    private readonly nint[] _inputs;
    private readonly nint[] _outputs;
    private nint _encoded;

    /// <param name="options">Ended from another thread to cancel.</param>
    public MoonshineDecoding(MoonshineModel model, ReadOnlySpan<float> speech, OnnxRunOptions options)
    {
        _model = model;
        _runtime = model.Decoder.Runtime;
        _options = options;
        _inputs = new nint[model.Decoder.InputNames.Count];
        _outputs = new nint[model.FirstOutputs.Count];
        _encoded = Encode(speech);
        _token = new(_runtime, 1, 1);
        _useCache = new(_runtime, 1);
        _empty = new(_runtime, 1, Heads, 0, _runtime.Shape(_encoded)[2] / Heads);
        _inputs[model.InputIds] = _token.Pointer;
        _inputs[model.EncoderStates] = _encoded;
        _inputs[model.UseCache] = _useCache.Pointer;
        foreach (var input in model.CacheInputs)
            _inputs[input] = _empty.Pointer;
    }

    /// <summary>Feeds one token and gets what may come next.</summary>
    /// <param name="logits">As many as the vocabulary has tokens.</param>
    public void Step(int token, Span<float> logits)
    {
        var first = !_useCache.Values[0];
        var names = first ? _model.FirstOutputs : _model.LaterOutputs;
        var outputs = _outputs.AsSpan(0, names.Count);
        outputs.Clear();
        _token.Values[0] = token;
        _model.Decoder.Run(_model.Decoder.Inputs, _inputs, names, outputs, _options);
        try
        {
            Keep(outputs[1..], first);
            _useCache.Values[0] = true;
            _runtime.Floats(outputs[0], Vocabulary).CopyTo(logits);
        }
        finally
        {
            _runtime.ReleaseValue(outputs[0]);
        }
    }

    public void Dispose()
    {
        foreach (var input in _model.CacheInputs)
        {
            if (_inputs[input] != _empty.Pointer)
                _runtime.ReleaseValue(_inputs[input]);
        }
        _runtime.ReleaseValue(_encoded);
        _encoded = 0;
        _token.Dispose();
        _useCache.Dispose();
        _empty.Dispose();
    }

    private nint Encode(ReadOnlySpan<float> speech)
    {
        using var samples = new OnnxTensor<float>(_runtime, 1, speech.Length);
        speech.CopyTo(samples.Values);
        ReadOnlySpan<nint> inputs = [samples.Pointer];
        Span<nint> outputs = [0];
        _model.Encoder.Run(_model.Encoder.Inputs, inputs, _model.Encoder.Outputs, outputs, _options);
        return outputs[0];
    }

    private void Keep(ReadOnlySpan<nint> presents, bool first)
    {
        var next = 0;
        for (var i = 0; i < _model.CacheInputs.Length; i++)
        {
            if (!first && !_model.Grows[i])
                continue;
            ref var cache = ref _inputs[_model.CacheInputs[i]];
            if (cache != _empty.Pointer)
                _runtime.ReleaseValue(cache);
            cache = presents[next++];
        }
    }
}
