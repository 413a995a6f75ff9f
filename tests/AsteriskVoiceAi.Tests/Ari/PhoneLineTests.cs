using System.Text.Json;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Tests.Ari;

[TestFixture]
public sealed class PhoneLineTests
{
    [Test]
    public void Statistics_of_Asterisk_are_read_from_the_phones_side()
    {
        // As an Asterisk 22 gave them for a phone that loses one packet in ten and has no RTCP of its own.
        var told = JsonSerializer.Deserialize("""{"txcount":438,"rxcount":767,"txploss":0,"rxploss":87,"txjitter":0.009125,"rxjitter":0.0,"rtt":0.0,"channel_uniqueid":"1795655877.0"}""", AriJson.Default.ChannelRtp)!;

        Assert.That(told.ToLine(), Is.EqualTo(new PhoneLine(767, 87, TimeSpan.FromMilliseconds(9.125), 438, 0, TimeSpan.Zero)));
    }

    [Test]
    public void Figures_that_make_no_sense_are_none()
    {
        var told = JsonSerializer.Deserialize("""{"txcount":10,"rxcount":20,"rxploss":-3,"txjitter":-1.0,"rtt":1e300}""", AriJson.Default.ChannelRtp)!;

        Assert.That(told.ToLine(), Is.EqualTo(new PhoneLine(20, 0, TimeSpan.Zero, 10, 0, TimeSpan.FromMinutes(1))));
    }

    [Test]
    public void Line_sounds_like_its_worse_direction()
    {
        var clean = new PhoneLine(1000, 0, TimeSpan.Zero, 1000, 0, TimeSpan.Zero);

        Assert.That(clean.Mos, Is.EqualTo(4.41).Within(0.01));
        Assert.That((clean with { Received = 900, Lost = 100 }).Mos, Is.EqualTo((clean with { Missed = 100 }).Mos).And.LessThan(3.5));
        Assert.That(new PhoneLine(0, 0, TimeSpan.Zero, 0, 0, TimeSpan.Zero).Mos, Is.Null, "nothing went over it");
    }

    [Test]
    public async Task What_was_told_last_counts_when_the_call_is_over()
    {
        var (first, last) = (new PhoneLine(100, 1, default, 100, 0, default), new PhoneLine(300, 2, default, 300, 0, default));
        var ended = new List<PhoneLine>();
        Action<PhoneLine> tells = _ => { };
        var watch = new PhoneWatch(
            (tell, over) =>
            {
                tells = tell;
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over);
            },
            ended.Add);
        Assert.That(watch.Latest, Is.Null);

        tells(first);
        tells(last);
        Assert.That(watch.Latest, Is.EqualTo(last));
        await watch.DisposeAsync();

        Assert.That(ended, Is.EqualTo([last]));
    }
}
