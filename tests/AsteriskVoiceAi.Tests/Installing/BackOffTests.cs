using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Installing;

/// <summary>The script that makes restarts rare, with a stand-in for sleep.</summary>
[Platform("Linux"), Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BackOffTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-back-off-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Waits_grow_with_each_failure_up_to_a_minute_and_end_with_an_order()
    {
        var waits = new List<string>();
        for (var run = 0; run < 10; run++)
        {
            waits.Add(await WaitAsync());
            await RunAsync("ended", "exit-code");
        }
        await RunAsync("ended", "success");
        waits.Add(await WaitAsync());

        Assert.That(waits, Is.EqualTo(["", "", "1", "2", "4", "8", "16", "32", "60", "60", ""]));
    }

    [Test]
    public async Task Run_of_ten_minutes_clears_the_count()
    {
        for (var failure = 0; failure < 4; failure++)
            await RunAsync("ended", "signal");
        await WaitAsync();
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "started"), TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(12));

        await RunAsync("ended", "watchdog");

        Assert.That(await WaitAsync(), Is.Empty);
    }

    /// <returns>Seconds; empty = none.</returns>
    private async Task<string> WaitAsync()
    {
        var slept = Path.Combine(_folder.FullName, "slept");
        File.Delete(slept);
        await RunAsync("starting", "");
        return File.Exists(slept) ? (await File.ReadAllTextAsync(slept)).Trim() : "";
    }

    private async Task RunAsync(string verb, string result)
    {
        var sleep = Path.Combine(_folder.FullName, "sleep");
        if (!File.Exists(sleep))
        {
            await File.WriteAllTextAsync(sleep, "#!/bin/sh\necho \"$1\" >\"$RUNTIME_DIRECTORY/slept\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(sleep, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var environment = new Dictionary<string, string> { ["RUNTIME_DIRECTORY"] = _folder.FullName, ["SERVICE_RESULT"] = result, ["PATH"] = $"{_folder.FullName}:/usr/bin:/bin" };
        await using var script = ChildProcess.Start("back-off", Repository.PathOf("systemd", "back-off"), [verb], environment);
        Assert.That(await script.Exited.WaitAsync(TimeSpan.FromSeconds(30)), Is.Zero, script.ToString());
    }
}
