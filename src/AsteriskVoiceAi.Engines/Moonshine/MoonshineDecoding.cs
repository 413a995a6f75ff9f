using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>
/// One utterance in the decoder, token by token, for several readings of it side by side. Caches stay in native memory: what a step returns is
/// the next one's input. The encoder's part is shared by all readings. Used by one thread.
/// </summary>
/// <remarks>Two to six readings cost twice as much as one: the weights are read from memory once for all of them.</remarks>
internal sealed class MoonshineDecoding : IDisposable
{
    public const int Vocabulary = 32_768;

    private readonly MoonshineModel _model;
    private readonly OnnxRuntime _runtime;
    private readonly OnnxRunOptions _options;
    private readonly OnnxTensor<bool> _useCache;
    private readonly nint[] _inputs;
    private readonly nint[] _outputs;
    private readonly DecoderCache _start;
    private readonly nint _startLogits;
    private nint _encoded;
    private DecoderCache _cache;
    private nint _logits;
    private int _rows = 1;

    /// <summary>Encodes the speech and runs the first step.</summary>
    /// <param name="options">Ended from another thread to cancel.</param>
    public MoonshineDecoding(MoonshineModel model, ReadOnlySpan<float> speech, OnnxRunOptions options)
    {
        _model = model;
        _runtime = model.Decoder.Runtime;
        _options = options;
        _inputs = new nint[model.Decoder.InputNames.Count];
        _outputs = new nint[model.FirstOutputs.Count];
        _useCache = new(_runtime, 1);
        _cache = _start = new(_runtime, model.GrowingCaches);
        try
        {
            _encoded = Encode(speech);
            _startLogits = _logits = Begin();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What may come next in one reading, as many as the vocabulary has tokens; valid until the next step.</summary>
    public ReadOnlySpan<float> Logits(int row) => _runtime.Floats(_logits, _rows * Vocabulary).Slice(row * Vocabulary, Vocabulary);

    /// <summary>Goes back to where no token has been chosen.</summary>
    public void Rewind()
    {
        Forget();
        (_cache, _logits, _rows) = (_start, _startLogits, 1);
    }

    /// <summary>Feeds one token to each reading.</summary>
    /// <param name="parents">For each, the row that it goes on from.</param>
    public void Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> parents)
    {
        using var input = new OnnxTensor<long>(_runtime, tokens.Length, 1);
        for (var i = 0; i < tokens.Length; i++)
            input.Values[i] = tokens[i];
        using var gathered = _cache.Continues(parents) ? null : _cache.Gather(parents);
        var from = gathered ?? _cache;
        for (var i = 0; i < _model.GrowingCaches; i++)
            _inputs[_model.GrowingInputs[i]] = from[i];
        _inputs[_model.InputIds] = input.Pointer;
        var outputs = _outputs.AsSpan(0, _model.LaterOutputs.Count);
        outputs.Clear();
        _model.Decoder.Run(_model.Decoder.Inputs, _inputs, _model.LaterOutputs, outputs, _options);
        Forget();
        (_cache, _logits, _rows) = (new(_runtime, outputs[1..]), outputs[0], tokens.Length);
    }

    public void Dispose()
    {
        Forget();
        _start.Dispose();
        _runtime.ReleaseValue(_startLogits);
        // Until the first step has succeeded, these inputs are not ours.
        for (var i = 0; _startLogits != 0 && i < _model.EncoderInputs.Length; i++)
            _runtime.ReleaseValue(_inputs[_model.EncoderInputs[i]]);
        _runtime.ReleaseValue(_encoded);
        _encoded = 0;
        _useCache.Dispose();
    }

    /// <summary>Releases what the last step made, but never the start.</summary>
    private void Forget()
    {
        if (_cache == _start)
            return;
        _cache.Dispose();
        _runtime.ReleaseValue(_logits);
        _cache = _start;
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

    /// <summary>The first step makes the encoder's keys and values, which stay the same from then on.</summary>
    private nint Begin()
    {
        using var token = new OnnxTensor<long>(_runtime, 1, 1);
        token.Values[0] = TokenTable.Begin;
        using var empty = new OnnxTensor<float>(_runtime, 1, DecoderCache.Heads, 0, _runtime.Shape(_encoded)[2] / DecoderCache.Heads);
        _inputs.AsSpan().Fill(empty.Pointer);
        _inputs[_model.InputIds] = token.Pointer;
        _inputs[_model.EncoderStates] = _encoded;
        _inputs[_model.UseCache] = _useCache.Pointer;
        _model.Decoder.Run(_model.Decoder.Inputs, _inputs, _model.FirstOutputs, _outputs, _options);
        _useCache.Values[0] = true;
        for (var i = 0; i < _model.GrowingCaches; i++)
            _start[i] = _outputs[1 + i];
        for (var i = 0; i < _model.EncoderInputs.Length; i++)
            _inputs[_model.EncoderInputs[i]] = _outputs[1 + _model.GrowingCaches + i];
        return _outputs[0];
    }
}
