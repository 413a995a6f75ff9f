using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Silero;

/// <summary>Voice activity of one call. All tensors are made when it opens; a frame allocates nothing.</summary>
internal sealed class SileroActivity : IVoiceActivity
{
    /// <summary>Samples of the frame before that the model wants to see again; without them it misses up to a third of the utterances.</summary>
    private const int Context = 64;

    private const long SampleRate = 16_000;

    /// <summary>Below this no caller speaks; the model is not asked.</summary>
    private const float GateDbfs = -55;

    /// <summary>Quiet frames still shown to the model (8 × 32 ms = 256 ms), so that its state has settled on silence when the gate closes.</summary>
    private const int SettlingFrames = 8;

    private readonly OnnxSession _session;
    private readonly OnnxNames _inputNames;
    private readonly OnnxNames _outputNames;
    private readonly OnnxTensor<float> _window;
    private readonly OnnxTensor<float> _probability;
    private readonly OnnxTensor<long> _rate;
    private OnnxTensor<float> _state;
    private OnnxTensor<float> _nextState;
    private int _quietFrames = SettlingFrames;

    public SileroActivity(OnnxSession session)
    {
        _session = session;
        _inputNames = new(["input", "state", "sr"]);
        _outputNames = new(["output", "stateN"]);
        _window = new(session.Runtime, 1, Context + IVoiceActivityDetector.FrameSamples);
        _probability = new(session.Runtime, 1, 1);
        _rate = new(session.Runtime);
        _rate.Values[0] = SampleRate;
        _state = new(session.Runtime, 2, 1, 128);
        _nextState = new(session.Runtime, 2, 1, 128);
    }

    public float Process(ReadOnlySpan<float> frame)
    {
        if (frame.Length != IVoiceActivityDetector.FrameSamples)
            throw new ArgumentException($"A frame has {IVoiceActivityDetector.FrameSamples} samples, this one {frame.Length}.", nameof(frame));
        var window = _window.Values;
        frame.CopyTo(window[Context..]);
        _quietFrames = Loudness.Dbfs(frame) < GateDbfs ? Math.Min(_quietFrames + 1, SettlingFrames + 1) : 0;
        var probability = _quietFrames > SettlingFrames ? 0 : Ask();
        window[^Context..].CopyTo(window);
        return probability;
    }

    public void Reset()
    {
        _window.Values.Clear();
        _state.Values.Clear();
        _quietFrames = SettlingFrames;
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

    private float Ask()
    {
        ReadOnlySpan<nint> inputs = [_window.Pointer, _state.Pointer, _rate.Pointer];
        Span<nint> outputs = [_probability.Pointer, _nextState.Pointer];
        _session.Run(_inputNames, inputs, _outputNames, outputs);
        (_state, _nextState) = (_nextState, _state);
        return _probability.Values[0];
    }
}
