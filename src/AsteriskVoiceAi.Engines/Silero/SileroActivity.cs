using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Silero;

/// <summary>Voice activity of one call. All tensors are made when it opens; a frame allocates nothing.</summary>
internal sealed class SileroActivity : IVoiceActivity
{
    /// <summary>Samples of the frame before that the model wants to see again; without them it misses up to a third of the utterances.</summary>
    private const int Context = 64;

    private const int Frame = IVoiceActivityDetector.FrameSamples;

    /// <summary>Frames kept while the gate is closed and shown first when it opens: a word's soft beginning, at the loudness of the noise, is in them.</summary>
    private const int Before = 2;

    private const long SampleRate = 16_000;

    private readonly OnnxSession _session;
    private readonly OnnxNames _inputNames;
    private readonly OnnxNames _outputNames;
    private readonly OnnxTensor<float> _window;
    private readonly OnnxTensor<float> _probability;
    private readonly OnnxTensor<long> _rate;
    private readonly EnergyGate _gate = new();
    private readonly float[] _held = new float[Context + (Before * Frame)];
    private OnnxTensor<float> _state;
    private OnnxTensor<float> _nextState;
    private int _heldFrames;

    public SileroActivity(OnnxSession session)
    {
        _session = session;
        _inputNames = new(["input", "state", "sr"]);
        _outputNames = new(["output", "stateN"]);
        _window = new(session.Runtime, 1, Context + Frame);
        _probability = new(session.Runtime, 1, 1);
        _rate = new(session.Runtime);
        _rate.Values[0] = SampleRate;
        _state = new(session.Runtime, 2, 1, 128);
        _nextState = new(session.Runtime, 2, 1, 128);
    }

    /// <summary>Frames that the model was asked about.</summary>
    public long Asked { get; private set; }

    public float Process(ReadOnlySpan<float> frame)
    {
        if (frame.Length != Frame)
            throw new ArgumentException($"A frame has {Frame} samples, this one {frame.Length}.", nameof(frame));
        if (!_gate.Passes(frame))
        {
            Hold(frame);
            return 0;
        }
        for (; _heldFrames > 0; _heldFrames--)
            Ask(_held.AsSpan(Context + ((Before - _heldFrames) * Frame), Frame));
        var probability = Ask(frame);
        _window.Values[^Context..].CopyTo(_held.AsSpan(^Context..));
        return probability;
    }

    public void Reset()
    {
        _window.Values.Clear();
        _state.Values.Clear();
        _held.AsSpan().Clear();
        _heldFrames = 0;
        _gate.Reset();
    }

    public void Dispose()
    {
        _window.Dispose();
        _probability.Dispose();
        _rate.Dispose();
        _state.Dispose();
        _nextState.Dispose();
        _inputNames.Dispose();
        _outputNames.Dispose();
    }

    /// <summary>Keeps the frame behind those held already, the oldest of which it pushes out.</summary>
    private void Hold(ReadOnlySpan<float> frame)
    {
        var held = _held.AsSpan();
        held[Frame..].CopyTo(held);
        frame.CopyTo(held[^Frame..]);
        _heldFrames = Math.Min(_heldFrames + 1, Before);
        // What the model sees next begins with the end of what went before it.
        var first = Context + ((Before - _heldFrames) * Frame);
        held.Slice(first - Context, Context).CopyTo(_window.Values);
    }

    private float Ask(ReadOnlySpan<float> frame)
    {
        Asked++;
        var window = _window.Values;
        frame.CopyTo(window[Context..]);
        ReadOnlySpan<nint> inputs = [_window.Pointer, _state.Pointer, _rate.Pointer];
        Span<nint> outputs = [_probability.Pointer, _nextState.Pointer];
        _session.Run(_inputNames, inputs, _outputNames, outputs);
        (_state, _nextState) = (_nextState, _state);
        window[^Context..].CopyTo(window);
        return _probability.Values[0];
    }
}
