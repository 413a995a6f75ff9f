using AsteriskVoiceAi.Engines.Programs;
using AsteriskVoiceAi.Engines.Whisper;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>The real whisper-server and its models. Missing ones skip a test at a desk and fail it on CI.</summary>
internal static class InstalledWhisper
{
    public static string Program
    {
        get
        {
            var path = ProgramPath.Find("whisper-server") ?? ProgramPath.Find(Path.GetFullPath(Path.Combine(InstalledModels.Folder, "..", "bin", "whisper-server")));
            if (path is null)
                Needed.Missing("whisper-server", "run scripts/install-whisper.sh");
            return path!;
        }
    }

    public static WhisperLaunch Launch(string engine)
    {
        var model = WhisperModels.Find(InstalledModels.Folder, engine);
        if (model is null)
            Needed.Missing(engine, $"run scripts/get-models.sh {engine}");
        return new(engine, Program, model!, Threads: 1);
    }
}
