using System.Globalization;
using AsteriskVoiceAi.Tests.Ari;
using AsteriskVoiceAi.Tests.Engines;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Systemd;

/// <summary>The real program as systemd starts it.</summary>
public sealed class ServiceUnderSystemdTests
{
    [Test]
    public async Task Service_is_ready_when_Asterisk_is_there_is_fed_and_says_that_it_stops()
    {
        using var manager = new FakeManager(abstractName: true);
        var ari = FreePorts.Tcp();
        await using var service = ChildProcess.Start("voiceai", "dotnet", [ServiceProcess.Program, "serve"], Environment(manager, ari), Path.GetTempPath());
        await manager.UntilAsync("the missing Asterisk", lines => lines.Any(line => line.StartsWith("STATUS=Not ready", StringComparison.Ordinal) && line.Contains($"http://127.0.0.1:{ari}", StringComparison.Ordinal)));
        Assert.That(manager.Count("READY=1"), Is.Zero);

        await using var asterisk = await FakeAri.StartAsync(ari);
        await manager.UntilToldAsync("READY=1");
        await manager.UntilToldAsync("STATUS=Ready: 0 calls");
        await Feeds(manager, "feeds");

        Assert.That(await service.StopAsync(TimeSpan.FromSeconds(30)), Is.Zero, service.ToString());
        await manager.UntilToldAsync("STOPPING=1");
        Assert.That(manager.Count("READY=1"), Is.EqualTo(1));
    }

    private static async Task Feeds(FakeManager manager, string what)
    {
        var before = manager.Count("WATCHDOG=1");
        await manager.UntilAsync(what, lines => lines.Count(line => line == "WATCHDOG=1") > before + 2);
    }

    private static Dictionary<string, string> Environment(FakeManager manager, int ari)
    {
        var rtp = FreePorts.UdpRange();
        return new()
        {
            ["NOTIFY_SOCKET"] = manager.Address,
            ["WATCHDOG_USEC"] = "1500000",
            ["VOICEAI__ARI__URL"] = $"http://127.0.0.1:{ari}",
            ["VOICEAI__ARI__PASSWORD"] = FakeAri.Password,
            ["VOICEAI__HTTP__PORT"] = Text(FreePorts.Tcp()),
            ["VOICEAI__FASTAGI__PORT"] = Text(FreePorts.Tcp()),
            ["VOICEAI__AUDIOSOCKET__PORT"] = Text(FreePorts.Tcp()),
            ["VOICEAI__RTP__PORT_FIRST"] = Text(rtp.First),
            ["VOICEAI__RTP__PORT_LAST"] = Text(rtp.Last),
            ["VOICEAI__FLOWS__FOLDER"] = Repository.PathOf("flows"),
            ["VOICEAI__SPEECH__MODELS_FOLDER"] = InstalledModels.Folder,
            ["VOICEAI__SPEECH__RECOGNIZERS"] = "moonshine-tiny",
            ["VOICEAI__SPEECH__SYNTHESIZERS"] = "flite",
            ["VOICEAI__SPEECH__TURN_DETECTOR"] = "none",
            ["VOICEAI__SPEECH__SENTENCE_ENCODER"] = "none",
            ["VOICEAI__PROMPTS__DISK_MEGABYTES"] = "0",
        };
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
