using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Flite;
using AsteriskVoiceAi.Engines.Moonshine;
using AsteriskVoiceAi.Engines.Onnx;
using AsteriskVoiceAi.Engines.Programs;
using AsteriskVoiceAi.Engines.Silero;
using AsteriskVoiceAi.Engines.SmartTurn;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Engines;

/// <summary>Finds and loads the configured engines once, and owns them. One that is missing is reported, not fatal.</summary>
internal sealed class SpeechEngines : IDisposable
{
    /// <summary>Above either, recognitions go to the lightest model: with two workers and 90 ms each, three in line wait 300 ms.</summary>
    private const int LongQueue = 2;
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(300);

    private readonly SpeechOptions _options;
    private readonly TimeProvider _time;
    private readonly EngineWorkers _workers;
    private readonly SemaphoreSlim _slots;
    private readonly List<IDisposable> _owned = [];
    private readonly List<SpeechEngineStatus> _found = [];

    public SpeechEngines(IOptions<SpeechOptions> options, TimeProvider time, ILogger<SpeechEngines> logger)
    {
        _options = options.Value;
        _time = time;
        _workers = new(_options.WorkerCount, time);
        _slots = new(_options.Programs);
        var recognizers = Find(SpeechEngineKind.Recognition, _options.Recognizers, LoadRecognizer);
        var synthesizers = Find(SpeechEngineKind.Synthesis, _options.Synthesizers, FindSynthesizer);
        var turnDetectors = Find(SpeechEngineKind.TurnDetection, _options.TurnDetector == "none" ? [] : [_options.TurnDetector], name => LoadTurnDetector(name, logger));
        var detectors = Find(SpeechEngineKind.VoiceActivity, ["silero-v5"], LoadDetector);
        Recognizer = new SpeechLadder(
            new(
                "recognition", recognizers, static r => r.Name, _options.RecognitionBudget,
                "run scripts/get-models.sh and see `voiceai doctor`", time, logger),
            () => _workers.Waiting > LongQueue || _workers.Wait > LongWait);
        Synthesizer = new SynthesisLadder(
            new("synthesis", synthesizers, static s => s.Name, _options.SynthesisBudget, "for this language none is installed; see `voiceai doctor`", time, logger));
        Recognizers = recognizers;
        Detector = detectors.FirstOrDefault() ?? new EnergyDetector();
        TurnDetector = turnDetectors.FirstOrDefault() ?? NoTurnDetector.Instance;
        Report = new(_found);
        Log(logger);
    }

    public ISpeechRecognizer Recognizer { get; }

    public ISpeechSynthesizer Synthesizer { get; }

    public IVoiceActivityDetector Detector { get; }

    public ITurnDetector TurnDetector { get; }

    /// <summary>The rungs of <see cref="Recognizer"/>.</summary>
    public IReadOnlyList<ISpeechRecognizer> Recognizers { get; }

    public SpeechEnginesReport Report { get; }

    public void Dispose()
    {
        _workers.Dispose();
        _owned.ForEach(engine => engine.Dispose());
        _slots.Dispose();
    }

    private List<TEngine> Find<TEngine>(SpeechEngineKind kind, IReadOnlyList<string> names, Func<string, (TEngine Engine, string Detail)> find)
    {
        List<TEngine> engines = [];
        foreach (var name in names)
        {
            try
            {
                var (engine, detail) = find(name);
                engines.Add(engine);
                if (engine is IDisposable owned)
                    _owned.Add(owned);
                _found.Add(new(kind, name, IsAvailable: true, detail));
            }
            catch (SpeechEngineException e)
            {
                _found.Add(new(kind, name, IsAvailable: false, e.Message));
            }
        }
        return engines;
    }

    private (ISpeechRecognizer Engine, string Detail) LoadRecognizer(string name)
    {
        var size = name switch
        {
            "moonshine-base" => "base",
            "moonshine-tiny" => "tiny",
            _ => throw new SpeechEngineException($"there is no recognizer '{name}'; known: moonshine-base, moonshine-tiny"),
        };
        var folder = Path.Combine(_options.ModelsFolder, "moonshine");
        var runtime = OnnxRuntime.Load(_options.OnnxRuntimePath);
        var model = new MoonshineModel(runtime, Path.Combine(folder, size), TokenTable.Load(Path.Combine(folder, "tokens.txt")));
        return (new MoonshineRecognizer(name, model, _workers, _time), $"ONNX Runtime {runtime.Version}, {_options.WorkerCount} workers, {Path.Combine(folder, size)}");
    }

    private (IVoiceActivityDetector Engine, string Detail) LoadDetector(string name)
    {
        var path = Path.Combine(_options.ModelsFolder, "silero", "silero_vad_v5.onnx");
        try
        {
            return (new SileroDetector(OnnxRuntime.Load(_options.OnnxRuntimePath), path), path);
        }
        catch (SpeechEngineException e)
        {
            throw new SpeechEngineException($"{e.Message} (until then loudness decides what is speech)", e);
        }
    }

    private (ITurnDetector Engine, string Detail) LoadTurnDetector(string name, ILogger logger)
    {
        var path = Path.Combine(_options.ModelsFolder, name, "smart-turn-v3.2-cpu.onnx");
        return (new SmartTurnDetector(OnnxRuntime.Load(_options.OnnxRuntimePath), path, _time, logger), path);
    }

    private (ISpeechSynthesizer Engine, string Detail) FindSynthesizer(string name)
    {
        if (name is not ("flite" or "espeak-ng"))
            throw new SpeechEngineException($"there is no synthesizer '{name}'; known: flite, espeak-ng");
        var advice = $"install with: apt-get install {name}";
        var path = ProgramPath.Find(name) ?? throw new SpeechEngineException($"program {name} is not installed; {advice}");
        var program = new ChildProgram(path, advice, _slots, _options.SynthesisBudget, _time);
        var probe = new ProgramProbe(program);
        if (name == "espeak-ng")
            return (new EspeakSynthesizer(program, probe.Version(), EspeakVoices.Parse(probe.Ask("--voices"))), path);
        var voices = probe.Ask("-lv");
        return voices.Contains($" {_options.FliteVoice} ", StringComparison.Ordinal)
            ? (new FliteSynthesizer(program, probe.Version(), _options.FliteVoice), $"{path}, voice {_options.FliteVoice}")
            : throw new SpeechEngineException($"flite has no voice '{_options.FliteVoice}'; set Speech:FliteVoice ({voices.Trim()})");
    }

    private void Log(ILogger logger)
    {
        foreach (var engine in _found)
        {
            if (engine.IsAvailable)
                EnginesLog.Ready(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
            else if (engine.Kind == SpeechEngineKind.TurnDetection)
                EnginesLog.Without(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
            else
                EnginesLog.Missing(logger, engine.Name, engine.Kind.ToString(), engine.Detail);
        }
    }
}
