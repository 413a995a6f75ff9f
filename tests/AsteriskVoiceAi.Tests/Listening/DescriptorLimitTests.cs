using System.Globalization;
using System.Net.Sockets;
using AsteriskVoiceAi.Tests.Engines;
using AsteriskVoiceAi.Tests.FastAgi;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Listening;

/// <summary>The real service, whose limit of open files is lowered while it runs, as it would be reached in time.</summary>
[TestFixture]
public sealed class DescriptorLimitTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-limit-");
    private readonly int _agi = FreePorts.Tcp();
    private readonly List<TcpClient> _idle = [];

    [OneTimeTearDown]
    public void Delete()
    {
        _idle.ForEach(connection => connection.Dispose());
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Service_with_hardly_any_descriptor_left_sends_callers_back_at_once_and_says_so_once()
    {
        await using var service = await ServiceProcess.StartAsync(await ConfigurationAsync());
        Assert.That(await OutcomeAsync(), Is.EqualTo("error unknown-flow"), "all is well");

        // Under 100: no calls. The answers for monitors still come.
        await LeaveAsync(service, 75);
        Assert.That(await OutcomeAsync(), Is.EqualTo("refused too-many-open-files"));
        Assert.That(await OutcomeAsync(), Is.EqualTo("refused too-many-open-files"));
        Assert.That(await service.GetAsync("health/ready"), Does.Contain("file descriptors are left"));
        Assert.That(await service.GetAsync("metrics"), Does.Contain("voiceai_descriptors_refused_total{} 2"));

        // Under 50: whoever connects is sent away at once, so that a dialplan goes on.
        await LeaveAsync(service, 40);
        using (var caller = FakeAsteriskAgi.Connect(_agi))
            Assert.That(await caller.RunAsync().Soon("the end of the connection"), Is.EqualTo("SUCCESS"));

        await LimitAsync(service, 1000);
        Assert.That(await OutcomeAsync(), Is.EqualTo("error unknown-flow"));
        await service.WaitForLineAsync("enough file descriptors again", TimeSpan.FromSeconds(10));
        Assert.That(service.Lines.Count(line => line.Contains("Too many open files", StringComparison.Ordinal)), Is.EqualTo(1), service.ToString());
        // What is not written yet is written before it ends.
        await service.StopAsync();
        Assert.That(await service.CommandAsync("calls", "--result", "refused"), Does.Contain("too-many-open-files"));
    }

    private async Task<string> OutcomeAsync()
    {
        using var caller = await FakeAsteriskAgi.CallAsync(_agi, "route/nowhere");
        await caller.RunAsync().Soon("the end of the session");
        return $"{caller.Variables["VOICEAI_RESULT"]} {caller.Variables["VOICEAI_REASON"]}";
    }

    /// <summary>Sets the limit so that about as many descriptors are left, after idle connections have taken the numbers that were free between others.</summary>
    private async Task LeaveAsync(ServiceProcess service, int descriptors)
    {
        var highest = Highest(service);
        var deadline = Moment.Now + TimeSpan.FromSeconds(10);
        while (Highest(service) <= highest)
        {
            Assert.That(Moment.Now, Is.LessThan(deadline), "the gaps were never filled");
            _idle.Add(new TcpClient("127.0.0.1", service.Http.Port));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        await LimitAsync(service, descriptors);
    }

    private static Task<string> LimitAsync(ServiceProcess service, int descriptors) =>
        ChildProcess.RunAsync("prlimit", "prlimit", ["--pid", $"{service.Id}", $"--nofile={Highest(service) + 1 + descriptors}:"]);

    private static int Highest(ServiceProcess service) =>
        Directory.EnumerateFileSystemEntries($"/proc/{service.Id}/fd").Max(fd => int.Parse(Path.GetFileName(fd), CultureInfo.InvariantCulture));

    private async Task<string> ConfigurationAsync()
    {
        var file = Path.Combine(_folder.FullName, "voiceai.yaml");
        await File.WriteAllTextAsync(file, $"""
            ari:
              enabled: false
            audiosocket:
              port: {FreePorts.Tcp()}
            fastagi:
              port: {_agi}
            flows:
              folder: {_folder.CreateSubdirectory("flows").FullName}
            speech:
              models-folder: {InstalledModels.Folder}
            prompts:
              folder: {Path.Combine(_folder.FullName, "prompts")}
            """);
        return file;
    }
}
