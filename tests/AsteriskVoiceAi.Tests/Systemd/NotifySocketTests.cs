using AsteriskVoiceAi.Service.Systemd;

namespace AsteriskVoiceAi.Tests.Systemd;

[Parallelizable(ParallelScope.All)]
public sealed class NotifySocketTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task State_arrives_at_a_path_and_at_an_abstract_name(bool abstractName)
    {
        using var manager = new FakeManager(abstractName);
        using var socket = NotifySocket.TryOpen(manager.Address);

        socket!.Send("READY=1\nSTATUS=Ready: 0 calls");

        await manager.UntilAsync("both lines", lines => lines.SequenceEqual(["READY=1", "STATUS=Ready: 0 calls"]));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("@")]
    [TestCase("relative/path")]
    [TestCase("vsock:2:1234")]
    public void Address_that_is_no_socket_is_left_alone(string? address) => Assert.That(NotifySocket.TryOpen(address), Is.Null);

    [Test]
    public void Path_that_is_too_long_for_a_socket_is_left_alone() => Assert.That(NotifySocket.TryOpen("/" + new string('a', 200)), Is.Null);

    [Test]
    public void Manager_that_is_not_there_costs_nothing()
    {
        using var socket = NotifySocket.TryOpen("/nonexistent/notify");

        Assert.DoesNotThrow(() => socket!.Send("READY=1"));
    }

    [TestCase("30000000", "17", ExpectedResult = 30_000)]
    [TestCase("30000000", null, ExpectedResult = 30_000)]
    [TestCase("30000000", "18", ExpectedResult = null)]
    [TestCase("0", "17", ExpectedResult = null)]
    [TestCase("soon", "17", ExpectedResult = null)]
    [TestCase(null, null, ExpectedResult = null)]
    public double? Watchdog_is_fed_only_by_whom_it_is_meant_for(string? microseconds, string? pid) =>
        SystemdEnvironment.From(name => name switch { "WATCHDOG_USEC" => microseconds, "WATCHDOG_PID" => pid, _ => null }, processId: 17).Watchdog?.TotalMilliseconds;
}
