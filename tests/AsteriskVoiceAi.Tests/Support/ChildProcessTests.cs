using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Support;

[TestFixture]
public sealed class ChildProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static ChildProcess Shell(string script) => ChildProcess.Start("the script", "/bin/sh", ["-c", script]);

    [Test]
    public async Task Line_is_found_and_the_end_awaited()
    {
        await using var process = Shell("echo ready 42; echo trouble >&2; exit 3");
        Assert.That(await process.WaitForLineAsync("^ready [0-9]+$", Patience), Is.EqualTo("ready 42"));
        Assert.That(await process.WaitForExitAsync(Patience), Is.EqualTo(3));
        Assert.That(process.Lines, Is.EquivalentTo(new[] { "ready 42", "trouble" }));
    }

    [Test]
    public async Task End_before_the_line_is_told_at_once()
    {
        await using var process = Shell("echo no such luck");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => process.WaitForLineAsync("ready", Patience));
        Assert.That(failure!.Message, Does.Contain("ended before").And.Contains("no such luck"));
    }

    [Test]
    public async Task Request_to_end_is_heard()
    {
        await using var process = Shell("trap 'echo asked; exit 7' TERM; echo up; while :; do read -r line || exit 1; done");
        await process.WaitForLineAsync("up", Patience);
        Assert.That(await process.StopAsync(Patience), Is.EqualTo(7));
    }

    [Test]
    public async Task Kill_takes_what_it_started_along()
    {
        await using var process = Shell("sleep 1000 & echo child $!; wait");
        var child = int.Parse((await process.WaitForLineAsync("^child", Patience)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        await process.KillAsync();
        // A process that ended may wait for its parent to notice, as a zombie.
        Assert.That(!File.Exists($"/proc/{child}/stat") || (await File.ReadAllTextAsync($"/proc/{child}/stat")).Contains(") Z "), Is.True);
    }

    [Test]
    public async Task Child_ends_when_its_parent_was_killed()
    {
        var guardian = new Guardian();
        await using var left = Shell("trap 'exit 7' TERM; echo up; while :; do read -r line || exit 1; done");
        await using var released = Shell("echo up; read -r line");
        await left.WaitForLineAsync("up", Patience);
        await released.WaitForLineAsync("up", Patience);
        guardian.Guard(left.Id);
        guardian.Guard(released.Id);
        guardian.Release(released.Id);

        // What the kernel does for a process that was killed: it closes the pipe.
        await guardian.DisposeAsync();

        Assert.That(await left.WaitForExitAsync(Patience), Is.EqualTo(7));
        Assert.That(released.Exited.IsCompleted, Is.False);
    }

    [Test]
    public async Task Failed_run_shows_its_output()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ChildProcess.RunAsync("the script", "/bin/sh", ["-c", "echo because; exit 1"]));
        Assert.That(failure!.Message, Does.Contain("exit code 1").And.Contains("because"));
    }

    [Test]
    public void Service_of_this_build_is_found() => Assert.That(ServiceProcess.Program, Does.Exist);
}
