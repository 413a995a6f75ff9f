using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Tests.Engines;
using AsteriskVoiceAi.Tests.FastAgi;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Records;

/// <summary>The real service, killed in the middle of calls.</summary>
[TestFixture]
public sealed class KilledServiceTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-killed-");
    private readonly int _agi = FreePorts.Tcp();

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task Killed_service_loses_no_turn_that_was_over_and_bad_storage_turns_no_call_away()
    {
        var database = Path.Combine(_folder.FullName, "records", "calls.db");
        // A file where the folder should be.
        await File.WriteAllTextAsync(Path.GetDirectoryName(database)!, "");
        await using var service = await ServiceProcess.StartAsync(await ConfigurationAsync(), new Dictionary<string, string> { ["FASTAGI__PORT"] = _agi.ToString(CultureInfo.InvariantCulture), ["RECORDS__DATABASE"] = database });
        await service.WaitForLineAsync(@"Call records can't be written \(unwritable\)", TimeSpan.FromSeconds(30));
        var ready = JsonDocument.Parse(await service.GetAsync("health/ready")).RootElement;
        Assert.That(ready.GetProperty("status").GetString(), Is.EqualTo("ready"));
        Assert.That(ready.GetProperty("warnings")[0].GetString(), Does.StartWith("Call records can't be written"));
        File.Delete(Path.GetDirectoryName(database)!);
        await service.WaitForLineAsync("Call records are written again", TimeSpan.FromSeconds(30));

        await using var live = await LiveEvents.ConnectAsync(service.Http);
        var calls = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => CallAsync(live)));
        await using var rig = new RecordsRig(new RecordsOptions { Database = database });
        // What is told live is written within the same moment, by another thread; only the running turn may be lost.
        await rig.UntilAsync("the turns in the records", () => rig.List().Count(found => found.Turns == 1) == calls.Length);
        await service.KillAsync();
        foreach (var (asterisk, served) in calls)
        {
            await served;
            asterisk.Dispose();
        }

        Assert.Multiple(() =>
        {
            Assert.That(Integrity(database), Is.EqualTo("ok"));
            foreach (var id in live.Seen.OfType<CallEvent.Started>().Select(started => started.CallId))
                Assert.That(rig.Find(id).Turns.Select(turn => turn.Text), Is.EqualTo((string[])["Hello.", "41"]));
            Assert.That(rig.List().Select(found => found.Call.Result), Is.All.Empty);
        });
        await service.StartAgainAsync();
        await service.WaitForLineAsync("3 calls were running when the service ended", TimeSpan.FromSeconds(30));
        Assert.That((await service.CommandAsync("calls", "--result", "interrupted")).Split('\n'), Has.Length.EqualTo(4));
    }

    /// <summary>Hears the greeting, presses a key that asks for more, and is then told something while the service is killed.</summary>
    private async Task<(FakeAsteriskAgi Asterisk, Task Served)> CallAsync(LiveEvents live)
    {
        var asterisk = await FakeAsteriskAgi.CallAsync(_agi, "route/main");
        var pressed = new TaskCompletionSource();
        asterisk.OnAudio = async audio =>
        {
            var reading = audio.ReadToEndAsync();
            var id = asterisk.Variables["VOICEAI_CALL"];
            await live.WaitForAsync<CallEvent.Said>(said => said.CallId == id, TimeSpan.FromSeconds(30));
            await audio.SendKeyAsync('4');
            await audio.SendKeyAsync('1');
            await live.WaitForAsync<CallEvent.Pressed>(keys => keys.CallId == id, TimeSpan.FromSeconds(30));
            pressed.SetResult();
            return await reading;
        };
        var served = asterisk.RunAsync();
        await Task.WhenAny(pressed.Task, served);
        Assert.That(pressed.Task.IsCompletedSuccessfully, $"the call ended: {string.Join('\n', live.Seen)}");
        return (asterisk, served);
    }

    private async Task<string> ConfigurationAsync()
    {
        var flows = Directory.CreateDirectory(Path.Combine(_folder.FullName, "flows"));
        await File.WriteAllTextAsync(Path.Combine(flows.FullName, "main.yaml"), Calls.Flows.Desk);
        var file = Path.Combine(_folder.FullName, "voiceai.yaml");
        await File.WriteAllTextAsync(file, $"""
            ari:
              enabled: false
            audiosocket:
              port: {FreePorts.Tcp()}
            flows:
              folder: {flows.FullName}
            speech:
              models-folder: {InstalledModels.Folder}
            prompts:
              folder: {Path.Combine(_folder.FullName, "prompts")}
            """);
        return file;
    }

    private static string? Integrity(string database)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string?)command.ExecuteScalar();
    }
}
