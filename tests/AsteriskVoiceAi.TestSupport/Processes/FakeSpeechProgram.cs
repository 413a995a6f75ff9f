using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>The program FakeSpeech of this build, which takes the place of speech engines and breaks as it is told to.</summary>
public static class FakeSpeechProgram
{
    static FakeSpeechProgram() =>
        // It finds the runtime where this test's own is: ROOT/shared/Microsoft.NETCore.App/VERSION/
        Environment.SetEnvironmentVariable("DOTNET_ROOT", System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));

    /// <summary>…/bin/Debug/net10.0/ of the test project names the same two folders of the program.</summary>
    public static string Path { get; } = Repository.PathOf(
        "tests", "AsteriskVoiceAi.FakeSpeech", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, new DirectoryInfo(AppContext.BaseDirectory).Name, "fakespeech");
}
