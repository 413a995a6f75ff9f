using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Keys and values of the tokens so far, for every layer and for each reading (row): tensors of [rows, heads, tokens, width]. Owns them.</summary>
internal sealed class DecoderCache : IDisposable
{
    public const int Heads = 8;

    private readonly OnnxRuntime _runtime;
    private readonly nint[] _values;
    private readonly OnnxTensor<float>[]? _own;

    public DecoderCache(OnnxRuntime runtime, int count) => (_runtime, _values) = (runtime, new nint[count]);

    public DecoderCache(OnnxRuntime runtime, ReadOnlySpan<nint> values) => (_runtime, _values) = (runtime, values.ToArray());

    private DecoderCache(OnnxRuntime runtime, OnnxTensor<float>[] own)
        : this(runtime, [.. own.Select(tensor => tensor.Pointer)]) => _own = own;

    public nint this[int index]
    {
        get => _values[index];
        set => _values[index] = value;
    }

    /// <summary>Whether each row goes on from itself, so that nothing has to be copied.</summary>
    public bool Continues(ReadOnlySpan<int> parents)
    {
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] != i)
                return false;
        }
        return _runtime.Shape(_values[0])[0] == parents.Length;
    }

    /// <summary>Copies the rows that readings go on from, in their order.</summary>
    public DecoderCache Gather(ReadOnlySpan<int> parents)
    {
        var shape = _runtime.Shape(_values[0]);
        var row = checked((int)(shape[1] * shape[2] * shape[3]));
        var own = new OnnxTensor<float>[_values.Length];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = new(_runtime, parents.Length, shape[1], shape[2], shape[3]);
            var from = _runtime.Floats(_values[i], (int)shape[0] * row);
            for (var to = 0; to < parents.Length; to++)
                from.Slice(parents[to] * row, row).CopyTo(own[i].Values[(to * row)..]);
        }
        return new(_runtime, own);
    }

    public void Dispose()
    {
        if (_own is not null)
        {
            foreach (var tensor in _own)
                tensor.Dispose();
            return;
        }
        foreach (ref var value in _values.AsSpan())
        {
            _runtime.ReleaseValue(value);
            value = 0;
        }
    }
}
