using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>
/// One utterance in the decoder, token by token, for several readings of it side by side. Caches stay in native memory: what a step returns is
/// the next one's input. The encoder's part is shared by all readings. Used by one thread.
/// </summary>
/// <remarks>
/// Two to six readings cost twice as much as one: the weights are read from memory once for all of them. For the same reason a draft, tokens that are
/// likely to come, is looked at in one step: as long as a single reading follows it, steps cost nothing. What is read is the same with it and without.
/// </remarks>
internal sealed class MoonshineDecoding : IDisposable
{
    public const int Vocabulary = 32_768;

    private readonly MoonshineModel _model;
    private readonly OnnxRuntime _runtime;
    private readonly OnnxRunOptions _options;
    private readonly OnnxTensor<bool> _useCache;
    private readonly nint[] _inputs;
    private readonly nint[] _outputs;
    private DecoderCache _start;
    private nint _startLogits;
    private int[] _draft;
    private int _followed;
    private nint _encoded;
    private DecoderCache _cache;
    private nint _logits;
    private int _rows = 1;

    /// <summary>Encodes the speech and runs the first step.</summary>
    /// <param name="draft">What was read of the beginning of this speech before; may be empty.</param>
    /// <param name="options">Ended from another thread to cancel.</param>
    public MoonshineDecoding(MoonshineModel model, ReadOnlySpan<float> speech, IEnumerable<int> draft, OnnxRunOptions options)
    {
        _model = model;
        _runtime = model.Decoder.Runtime;
        _options = options;
        _inputs = new nint[model.Decoder.InputNames.Count];
        _outputs = new nint[model.FirstOutputs.Count];
        _useCache = new(_runtime, 1);
        _draft = [.. draft];
        _cache = _start = new(_runtime, model.GrowingCaches);
        try
        {
            _encoded = Encode(speech);
            _startLogits = Begin();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What may come next in one reading, as many as the vocabulary has tokens; valid until the next step.</summary>
    public ReadOnlySpan<float> Logits(int row) => _cache == _start
        ? _runtime.Floats(_startLogits, (_draft.Length + 1) * Vocabulary).Slice(_followed * Vocabulary, Vocabulary)
        : _runtime.Floats(_logits, _rows * Vocabulary).Slice(row * Vocabulary, Vocabulary);

    /// <summary>Goes back to where no token has been chosen.</summary>
    public void Rewind()
    {
        Forget();
        _followed = 0;
    }

    /// <summary>Feeds one token to each reading.</summary>
    /// <param name="parents">For each, the row that it goes on from.</param>
    public void Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> parents)
    {
        if (_cache == _start && _followed < _draft.Length)
        {
            if (tokens.Length == 1 && tokens[0] == _draft[_followed])
            {
                _followed++;
                return;
            }
            BeginAgain(_draft[.._followed]);
        }
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
        ForgetStart();
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

    /// <summary>The draft was left: the first step is made once more with what was followed of it.</summary>
    private void BeginAgain(int[] draft)
    {
        ForgetStart();
        _draft = draft;
        _cache = _start = new(_runtime, _model.GrowingCaches);
        _startLogits = Begin();
    }

    /// <summary>Releases what the first step made.</summary>
    private void ForgetStart()
    {
        _start.Dispose();
        _runtime.ReleaseValue(_startLogits);
        // Until the first step has succeeded, these inputs are not ours.
        for (var i = 0; _startLogits != 0 && i < _model.EncoderInputs.Length; i++)
            _runtime.ReleaseValue(_inputs[_model.EncoderInputs[i]]);
        _startLogits = 0;
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
        using var tokens = new OnnxTensor<long>(_runtime, 1, _draft.Length + 1);
        tokens.Values[0] = TokenTable.Begin;
        for (var i = 0; i < _draft.Length; i++)
            tokens.Values[i + 1] = _draft[i];
        using var empty = new OnnxTensor<float>(_runtime, 1, DecoderCache.Heads, 0, _runtime.Shape(_encoded)[2] / DecoderCache.Heads);
        _inputs.AsSpan().Fill(empty.Pointer);
        _outputs.AsSpan().Clear();
        _inputs[_model.InputIds] = tokens.Pointer;
        _inputs[_model.EncoderStates] = _encoded;
        _useCache.Values[0] = false;
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
