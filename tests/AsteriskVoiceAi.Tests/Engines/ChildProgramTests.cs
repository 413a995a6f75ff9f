using System.Diagnostics;
using System.Text;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Programs;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Engines;

[Platform("Unix")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ChildProgramTests
{
    private readonly FakeTimeProvider _time = new();
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("voiceai-test-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Large_input_and_outputs_pass_without_a_standstill()
    {
        var program = Script("cat; head -c 1000000 /dev/zero | tr '\\0' 'e' >&2");
        var text = new string('x', 1_000_000);

        Assert.That(Encoding.UTF8.GetString(await program.RunAsync([], text, CancellationToken.None)), Is.EqualTo(text));
    }

    [Test]
    public void Failure_gives_the_last_lines_of_the_error_output()
    {
        var program = Script("for i in 1 2 3 4 5 6; do echo line $i >&2; done; exit 3");

        Assert.That(
            async () => await program.RunAsync([], "unread", CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>().With.Message.EqualTo("program ended with status 3: line 3 / line 4 / line 5 / line 6"));
    }

    [Test]
    public async Task Program_that_stalls_is_ended_with_its_children()
    {
        var program = Script(Stall);
        var running = program.RunAsync([], "", CancellationToken.None);
        var child = await StartedChildAsync();

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(async () => await running, Throws.TypeOf<SpeechEngineException>().With.Message.Contains("did not finish within 5 s"));
        Assert.That(HasEnded(child), Is.True);
    }

    [Test]
    public async Task Cancelled_program_is_ended_with_its_children()
    {
        using var gone = new CancellationTokenSource();
        var program = Script(Stall);
        var running = program.RunAsync([], "", gone.Token);
        var child = await StartedChildAsync();

        await gone.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(HasEnded(child), Is.True);
    }

    [Test]
    public async Task No_more_programs_run_at_once_than_there_are_slots()
    {
        using var gone = new CancellationTokenSource();
        using var slots = new SemaphoreSlim(1);
        var first = Script(Stall, slots).RunAsync([], "", gone.Token);
        await StartedChildAsync();

        var second = Script("echo done", slots).RunAsync([], "", CancellationToken.None);
        Assert.That(second.IsCompleted, Is.False);
        await gone.CancelAsync();

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Encoding.UTF8.GetString(await second), Is.EqualTo("done\n"));
    }

    /// <summary>Starts a child that would run for ever, says so, and waits for it.</summary>
    private static string Stall => "mkfifo \"$0.pipe\"; cat \"$0.pipe\" & echo $! > \"$0.tmp\"; mv \"$0.tmp\" \"$0.child\"; wait";

    private ChildProgram Script(string commands, SemaphoreSlim? slots = null)
    {
        var folder = _folder.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        var path = Path.Combine(folder.FullName, "program");
        File.WriteAllText(path, "#!/bin/sh\n" + commands + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path, "install it", slots ?? new(4), TimeSpan.FromSeconds(5), _time);
    }

    private async Task<int> StartedChildAsync()
    {
        var started = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(_folder.FullName, "*.child") { IncludeSubdirectories = true };
        watcher.Created += (_, e) => started.TrySetResult(e.FullPath);
        watcher.Renamed += (_, e) => started.TrySetResult(e.FullPath);
        watcher.EnableRaisingEvents = true;
        if (_folder.EnumerateFiles("*.child", SearchOption.AllDirectories).FirstOrDefault() is { } already)
            started.TrySetResult(already.FullName);
        var file = await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A killed child closes its pipes, which the program waits for, a moment before its row in /proc says that it is gone.
    /// </summary>
    private static bool HasEnded(int processId) => SpinWait.SpinUntil(() => !IsRunning(processId), TimeSpan.FromSeconds(20));

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            // A killed child that nobody has waited for yet still has a row, in state Z.
            return !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
