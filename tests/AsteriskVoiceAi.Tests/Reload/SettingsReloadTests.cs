using System.Globalization;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Reload;

/// <summary>The service as a process, as systemd and containers run it.</summary>
internal sealed class SettingsReloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Changed_file_and_SIGHUP_are_obeyed_without_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-reload-");
        var file = Path.Combine(folder.FullName, "voiceai.yaml");
        await File.WriteAllTextAsync(file, Settings(10));
        await using (var service = ChildProcess.Start("voiceai", "dotnet", [ServiceProcess.Program, "serve", "--config", file], new Dictionary<string, string> { ["DOTNET_NOLOGO"] = "1" }))
        {
            await service.WaitForLineAsync("Application started|FastAGI on ", Patience);

            await service.SignalAsync("HUP");
            await service.WaitForLineAsync("SIGHUP: no setting in .* has changed", Patience);

            await File.WriteAllTextAsync(file, Settings(20));
            await service.WaitForLineAsync("calls.max-calls is 20 from now on; it was 10", Patience);

            await File.WriteAllTextAsync(file, "calls: { max-calls: many }");
            await service.WaitForLineAsync("voiceai.yaml, line 1: calls.max-calls is \"many\"", Patience);
            Assert.That(service.Exited.IsCompleted, Is.False);
        }
        folder.Delete(recursive: true);
    }

    private static string Settings(int calls) => string.Create(CultureInfo.InvariantCulture, $$"""
        calls: { max-calls: {{calls}} }
        http: { port: {{Http}} }
        fastagi: { port: {{Agi}} }
        audiosocket: { port: {{Audio}} }
        ari: { enabled: false }
        prompts: { disk-megabytes: 0 }
        flows: { folder: none, vectors-folder: "" }
        speech: { recognizers: [missing], synthesizers: [missing], turn-detector: none, sentence-encoder: none }
        """);

    private static readonly int Http = FreePorts.Tcp();
    private static readonly int Agi = FreePorts.Tcp();
    private static readonly int Audio = FreePorts.Tcp();
}
