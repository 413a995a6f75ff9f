using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Onnx;
using AsteriskVoiceAi.Engines.Silero;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does the neural detector cost for 32 ms, against loudness alone, and what does its gate save in silence?</summary>
public class VoiceActivityFrame
{
    private readonly float[] _speech = [.. Enumerable.Range(0, IVoiceActivityDetector.FrameSamples).Select(i => 0.2f * MathF.Sin(2 * MathF.PI * 200 * i / 16_000) * MathF.Sin(2 * MathF.PI * 9 * i / 16_000))];
    private readonly float[] _silence = new float[IVoiceActivityDetector.FrameSamples];
    private SileroDetector? _detector;
    private IVoiceActivity? _loudness;
    private IVoiceActivity? _talking;
    private IVoiceActivity? _quiet;

    [GlobalSetup]
    public void Open()
    {
        var runtime = OnnxRuntime.Load(Path.Combine(Lab.ModelsFolder, "onnxruntime", "libonnxruntime.so"));
        _detector = new SileroDetector(runtime, Path.Combine(Lab.ModelsFolder, "silero", "silero_vad_v5.onnx"));
        (_loudness, _talking, _quiet) = (new EnergyDetector().Open(), _detector.Open(), _detector.Open());
    }

    [GlobalCleanup]
    public void Close()
    {
        _loudness?.Dispose();
        _talking?.Dispose();
        _quiet?.Dispose();
        _detector?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public float Loudness() => _loudness!.Process(_speech);

    [Benchmark]
    public float SileroInSound() => _talking!.Process(_speech);

    [Benchmark]
    public float SileroInSilence() => _quiet!.Process(_silence);
}
