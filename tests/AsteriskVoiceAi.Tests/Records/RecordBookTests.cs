using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Storage;

namespace AsteriskVoiceAi.Tests.Records;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RecordBookTests
{
    private const int Room = 1_000;

    private readonly RecordBook _book = new("here", keepWords: true, TimeProvider.System, Room);

    [Test]
    public void Room_for_one_call_is_made_by_looking_at_one_however_many_wait()
    {
        for (var i = 0; i < 3 * Room; i++)
        {
            _book.Add(new CallEvent.Started($"{i}", "stasis:main", "PJSIP/a-1", "5551234", "100") { Facts = RecordsRig.Facts(RecordsRig.Noon.AddSeconds(i)) });
            _book.Add(new CallEvent.Ended($"{i}", TimeSpan.FromSeconds(1), "done", "", "billing", "602@support"));
        }

        Assert.That(_book.Open, Has.Count.InRange(Room - 1, Room).And.Not.Contain("0").And.Contain($"{(3 * Room) - 1}"));
        Assert.That(_book.Lost, Is.EqualTo((3 * Room) - _book.Open.Count));
        Assert.That(_book.LookedAt, Is.EqualTo(_book.Lost));
    }

    [Test]
    public void Call_that_has_been_over_for_longest_goes_first_and_one_that_runs_stays()
    {
        string[] ends = ["second", "first", "third"];
        Begin("running", 0);
        for (var i = 0; i < ends.Length; i++)
            Begin(ends[i], i);
        // They end in another order than they are told of.
        End("second", 20);
        End("first", 10);
        End("third", 30);
        for (var i = 0; _book.Open.Contains("second"); i++)
            Begin($"more-{i}", 100 + i);

        Assert.That(_book.Open, Does.Not.Contain("first").And.Contain("third").And.Contain("running"));
    }

    [Test]
    public void Calls_that_were_taken_and_put_back_are_given_up_too()
    {
        Begin("over", 0);
        End("over", 5);
        _book.PutBack(_book.Take(1));

        for (var i = 0; i < Room; i++)
            Begin($"{i}", 100 + i);

        Assert.That(_book.Open, Has.Count.EqualTo(Room).And.Not.Contain("over"));
        Assert.That(_book.Lost, Is.EqualTo(1));
    }

    private void Begin(string id, int second) =>
        _book.Add(new CallEvent.Started(id, "stasis:main", "PJSIP/a-1", "5551234", "100") { Facts = RecordsRig.Facts(RecordsRig.Noon.AddSeconds(second)) });

    private void End(string id, int seconds) => _book.Add(new CallEvent.Ended(id, TimeSpan.FromSeconds(seconds), "done", "", "billing", "602@support"));
}
