namespace AsteriskVoiceAi.Engines;

/// <summary>What kind of work an engine does.</summary>
public enum SpeechEngineKind
{
    Recognition,
    Synthesis,
    VoiceActivity,

    /// <summary>Whether a caller has finished; calls work without it.</summary>
    TurnDetection,

    /// <summary>What sentences mean; without it words alone tell what callers want.</summary>
    Meaning,
}

/// <summary>What was found of one configured engine.</summary>
/// <param name="Name">As configured, e.g. <c>moonshine-base</c>.</param>
/// <param name="Detail">Version and place when available; else what is missing and how to get it, in words.</param>
public sealed record SpeechEngineStatus(SpeechEngineKind Kind, string Name, bool IsAvailable, string Detail);

/// <summary>Which speech engines this machine ended up with, in order of preference; probed once at start.</summary>
public sealed record SpeechEnginesReport(IReadOnlyList<SpeechEngineStatus> Engines)
{
    /// <summary>Callers can be heard: without it only keys work.</summary>
    public bool CanRecognize => Has(SpeechEngineKind.Recognition);

    /// <summary>Prompts can be synthesised: without it only recorded ones play.</summary>
    public bool CanSpeak => Has(SpeechEngineKind.Synthesis);

    /// <summary>Every configured engine is there, but for those that calls work without.</summary>
    public bool IsComplete => Engines.All(engine => engine.IsAvailable || engine.Kind is SpeechEngineKind.TurnDetection or SpeechEngineKind.Meaning);

    private bool Has(SpeechEngineKind kind) => Engines.Any(engine => engine.Kind == kind && engine.IsAvailable);
}
