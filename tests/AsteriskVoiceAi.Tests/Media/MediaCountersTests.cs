using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Tests.Media;

public sealed class MediaCountersTests
{
    [Test]
    public void Two_links_of_a_call_add_up_and_the_later_one_tells_the_jitter()
    {
        var first = new MediaCounters(100, 110, null, 1, 2, 3, 4, 5, 6, TimeSpan.FromMilliseconds(30));
        var second = new MediaCounters(1000, 1100, 900, 10, 20, 30, 40, 50, 60, TimeSpan.FromMilliseconds(2));

        Assert.That(first.Then(second), Is.EqualTo(new MediaCounters(1100, 1210, 900, 11, 22, 33, 44, 55, 66, TimeSpan.FromMilliseconds(2))));
    }

    [Test]
    public void Report_rates_the_line_by_what_was_lost_or_late()
    {
        var report = new MediaCounters(Received: 90, Sent: 100, Lost: 6, Late: 4, Concealed: 10).Report(MediaTransport.Rtp, MediaFormat.ULaw);
        Assert.Multiple(() =>
        {
            Assert.That((report.Transport, report.Codec), Is.EqualTo(("rtp", "ulaw")));
            // 10 %: R = 93.2 - 95 * 10 / 35.1 = 66.1
            Assert.That(report.Mos, Is.EqualTo(3.41).Within(0.01));
            Assert.That(new AudioReport("rtp", "ulaw", 0, 100, 0, 0, 0, 0, TimeSpan.Zero).Mos, Is.Null, "nothing came");
        });
    }
}
