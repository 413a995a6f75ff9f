using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>A speech program of this machine, found by name.</summary>
internal sealed class InstalledProgram
{
    private InstalledProgram(string path, ChildProgram program) => (Path, Program) = (path, program);

    public string Path { get; }

    public ChildProgram Program { get; }

    /// <summary>What it answers about itself; only while the service starts.</summary>
    public ProgramProbe Probe => new(Program);

    /// <exception cref="SpeechEngineException">It is not installed; the message says how to get it.</exception>
    public static InstalledProgram Find(string name, EngineParts parts)
    {
        var advice = $"install with: apt-get install {name}";
        var path = ProgramPath.Find(name) ?? throw new SpeechEngineException($"program {name} is not installed; {advice}");
        return new(path, new ChildProgram(path, advice, parts.ProgramSlots, parts.Options.SynthesisBudget, parts.Time));
    }
}
