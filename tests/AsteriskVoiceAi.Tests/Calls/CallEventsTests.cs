using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Tests.Calls;

internal sealed class CallEventsTests
{
    [Test]
    public async Task Watcher_who_never_reads_does_not_hold_up_a_call()
    {
        await using var call = new CallScript();
        using var asleep = call.CallEvents.Begin();
        for (var i = 0; i < 2000; i++)
            call.CallEvents.Publish(Event(i));

        call.Arrives(new CallRequest.Say("Good morning.", "", 1));
        await call.HearsAsync("Good morning.");

        await call.EndsAsync("done dialplan");
    }

    [Test]
    public void Slow_watcher_loses_the_oldest_events()
    {
        var events = new CallEvents();
        using var watch = events.Begin();
        for (var i = 0; i < 1500; i++)
            events.Publish(Event(i));

        var kept = new List<CallEvent>();
        while (watch.Reader.TryRead(out var next))
            kept.Add(next);

        Assert.That(kept.First(), Is.EqualTo(Event(500)));
        Assert.That(kept.Last(), Is.EqualTo(Event(1499)));
    }

    [Test]
    public void Watcher_with_a_queue_of_its_own_is_told_of_each_event_that_it_lost()
    {
        var events = new CallEvents();
        var lost = new List<CallEvent>();
        using var watch = events.Begin(2, lost.Add);
        for (var i = 0; i < 4; i++)
            events.Publish(Event(i));

        Assert.That(lost, Is.EqualTo((CallEvent[])[Event(0), Event(1)]));
    }

    [Test]
    public async Task Watch_that_ends_ends_its_reader_and_no_other()
    {
        var events = new CallEvents();
        var ended = events.Begin();
        using var other = events.Begin();

        ended.Dispose();
        events.Publish(Event(1));

        Assert.That(await ended.Reader.WaitToReadAsync(), Is.False);
        Assert.That(other.Reader.TryRead(out _), Is.True);
    }

    private static CallEvent.Pressed Event(int i) => new CallEvent.Pressed("c0", TimeSpan.FromSeconds(i), "1");
}
