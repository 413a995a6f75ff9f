using System.Net.Sockets;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Tests.FastAgi;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Calls;

internal sealed class DescriptorRoomTests
{
    private const int Limit = 1000;

    private LogLines _lines = null!;
    private int? _lowestFree;

    [SetUp]
    public void Open() => _lines = new LogLines();

    [TearDown]
    public void Close() => _lines.Dispose();

    [TestCase(1000 - 100, ExpectedResult = true)]
    [TestCase(1000 - 99, ExpectedResult = false)]
    [TestCase(null, ExpectedResult = false)]
    public bool New_calls_leave_a_hundred_descriptors_to_those_that_run(int? lowestFree)
    {
        _lowestFree = lowestFree;
        return Room().AdmitsCall();
    }

    [Test]
    public void Shortage_is_told_once_and_its_end_too_but_not_at_the_edge()
    {
        var room = Room();
        foreach (var free in (int[])[10, 99, 100, 98, 150, 40])
        {
            _lowestFree = Limit - free;
            room.AdmitsCall();
        }
        Assert.That(_lines.ForOperator, Has.Length.EqualTo(1).And.One.Contains("no more than 10 of 1000"));
        Assert.That((room.IsShort, room.Refused), Is.EqualTo((true, 4)));

        _lowestFree = Limit - 200;
        Assert.That((room.AdmitsCall(), room.IsShort, room.Left), Is.EqualTo((true, false, 200)));
        Assert.That(_lines.ForOperator, Has.Length.EqualTo(2).And.One.Contains("4 calls and connections were refused"));
    }

    [Test]
    public void Real_process_knows_what_it_may_open()
    {
        using var log = new LoggerFactory();
        var room = new DescriptorRoom(log.CreateLogger<DescriptorRoom>());
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Assert.That(room.Limit, Is.GreaterThan(200).And.LessThan(long.MaxValue));
        Assert.That(room.Left, Is.InRange(1, room.Limit));
        Assert.That(room.AdmitsConnection(socket), Is.True);
    }

    [Test]
    public void Shortage_is_known_among_the_causes_of_a_failure()
    {
        var cause = new HttpRequestException("no", new SocketException((int)SocketError.TooManyOpenSockets));
        Assert.That(DescriptorRoom.IsExhausted(new InvalidOperationException("no", cause)), Is.True);
        Assert.That(DescriptorRoom.IsExhausted(new SocketException((int)SocketError.ConnectionRefused)), Is.False);
    }

    private DescriptorRoom Room() => new(new LoggerFactory([_lines]).CreateLogger<DescriptorRoom>(), () => _lowestFree, () => Limit);
}
