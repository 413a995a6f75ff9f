using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.CallTests.Doctor;

/// <summary><c>voiceai doctor</c> on a real Asterisk and the real service: what is well is green, and what is not has its name.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class DoctorTests
{
    [Test]
    public async Task Running_installation_is_well_and_each_thing_that_breaks_is_named()
    {
        if (await AsteriskProcess.WhyMissingAsync() is { } why)
            Missing.Skip(why);
        var agi = FreePorts.Tcp();
        await using var asterisk = await AsteriskProcess.StartAsync(new AsteriskOptions { AgiPort = agi });
        var settings = Settings(asterisk, agi);
        await using (await ServiceProcess.StartAsync(Repository.PathOf("voiceai.yaml"), settings))
        {
            var well = await ExamineAsync(settings);
            // Nobody keeps a test machine's clock right.
            Assert.That(well.Findings.Where(finding => finding is { Level: not "ok", Check: not "clock" }), Is.Empty);
            Assert.That(well.Findings, Has.Some.Matches<Found>(finding => finding!.Check == "call" && finding.Text.Contains("heard both ways", StringComparison.Ordinal)));
            Assert.That(well.Findings.Where(finding => finding.Check == "ports" && finding.Text.Contains("held by the running service", StringComparison.Ordinal)).Count(), Is.EqualTo(3));
            await asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(5));
        }

        await asterisk.CliAsync("module unload chan_websocket.so");
        var withoutModule = await ExamineAsync(new(settings) { ["VOICEAI__ARI__MEDIA__TRANSPORT"] = "websocket" });
        Assert.That(withoutModule.Findings.Single(finding => finding.Check == "call").Text, Does.Contain("chan_websocket.so is not loaded"));
        Assert.That(withoutModule.Code, Is.EqualTo(2));

        var wrongPassword = await ExamineAsync(new(settings) { ["VOICEAI__ARI__PASSWORD_FILE"] = "", ["VOICEAI__ARI__PASSWORD"] = "wrong" });
        Assert.That(wrongPassword.Findings.Single(finding => finding.Check == "asterisk").Text, Does.Contain("401: Asterisk does not accept user 'voiceai'"));
        await asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(5));
    }

    private static async Task<(int Code, IReadOnlyList<Found> Findings)> ExamineAsync(Dictionary<string, string> settings)
    {
        await using var doctor = ChildProcess.Start("voiceai doctor", "dotnet", [ServiceProcess.Program, "doctor", "--json", "--config", Repository.PathOf("voiceai.yaml")], settings);
        var code = await doctor.Exited.WaitAsync(TimeSpan.FromSeconds(60));
        using var json = JsonDocument.Parse(string.Join('\n', doctor.Lines));
        return (code, [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.Deserialize<Found>(JsonSerializerOptions.Web)!)]);
    }

    private static Dictionary<string, string> Settings(AsteriskProcess asterisk, int agi)
    {
        var rtp = FreePorts.UdpRange();
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            ["VOICEAI__HTTP__PORT"] = Text(FreePorts.Tcp()),
            ["VOICEAI__FASTAGI__PORT"] = Text(agi),
            ["VOICEAI__AUDIOSOCKET__PORT"] = Text(FreePorts.Tcp()),
            ["VOICEAI__RTP__PORT_FIRST"] = Text(rtp.First),
            ["VOICEAI__RTP__PORT_LAST"] = Text(rtp.Last),
            ["VOICEAI__ARI__URL"] = $"http://127.0.0.1:{asterisk.HttpPort}",
            ["VOICEAI__ARI__PASSWORD_FILE"] = Path.Combine(asterisk.Folder, "ari-password"),
            ["VOICEAI__SPEECH__MODELS_FOLDER"] = Ear.ModelsFolder,
            ["VOICEAI__SPEECH__RECOGNIZERS"] = "moonshine-tiny",
            ["VOICEAI__SPEECH__SYNTHESIZERS"] = "flite",
            ["VOICEAI__SPEECH__TURN_DETECTOR"] = "none",
            ["VOICEAI__SPEECH__SENTENCE_ENCODER"] = "none",
            ["VOICEAI__FLOWS__FOLDER"] = Repository.PathOf("flows"),
            ["VOICEAI__PROMPTS__FOLDER"] = Path.Combine(asterisk.Folder, "prompts"),
            ["VOICEAI__RECORDS__DATABASE"] = Path.Combine(asterisk.Folder, "records", "calls.db"),
            ["VOICEAI__RECORDING__FOLDER"] = Path.Combine(asterisk.Folder, "recordings"),
        };
    }

    private sealed record Found(string Check, string Level, string Text, string Fix);
}
