using System.Globalization;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;

namespace AsteriskVoiceAi.CallTests.Conversations;

/// <summary>What an operator sees of a real call, by FastAGI (104) and by ARI (105): metrics and log.</summary>
[TestFixture("104", "agi")]
[TestFixture("105", "stasis")]
public sealed class ObservedCallTests(string extension, string entry) : SharedLab
{
    [Test]
    public async Task Call_is_counted_and_its_words_stay_out_of_the_log()
    {
        var earlier = Lab.Live.Seen.Select(e => e.CallId).ToHashSet();
        var before = await Lab.Service.GetAsync("metrics");
        string id;
        await using (var call = await Lab.CallAsync(extension))
        {
            id = (await Lab.Live.WaitForAsync<CallEvent.Started>(e => !earlier.Contains(e.CallId))).CallId;
            Said.Contains(await call.HearAsync(), "how can I help");
            await call.SayAsync("I want to pay my bill.");
            await Lab.Live.WaitForAsync<CallEvent.Ended>(e => e.CallId == id, TimeSpan.FromSeconds(60));
        }
        await Lab.WaitForNothingLeftAsync();
        var after = await Lab.Service.GetAsync("metrics");

        double More(string metric, params string[] labels) => Sum(after, metric, labels) - Sum(before, metric, labels);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(More("voiceai_calls_total", $"entry=\"{entry}\"", "flow=\"main\"", "outcome=\"done\""), Is.EqualTo(1));
            Assert.That(More("voiceai_intents_total", "intent=\"billing\"", "verdict=\"accept\""), Is.EqualTo(1));
            Assert.That(More("voiceai_engine_requests_total", "kind=\"recognition\"", "result=\"served\"", "choice=\"first\""), Is.AtLeast(1));
            Assert.That(More("voiceai_voice_to_voice_duration_seconds_count"), Is.AtLeast(1));
            // Two seconds of greeting and as much of the caller are 200 frames and more.
            Assert.That(More("voiceai_media_frames_received_total"), Is.GreaterThan(100));
            Assert.That(Sum(after, "voiceai_media_links"), Is.Zero);
            Assert.That(Sum(after, "voiceai_ready"), Is.EqualTo(1));
        }
        var lines = Lab.Service.Lines;
        var mine = lines.Where(line => line.Contains(id, StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mine, Has.Some.Contains("dbug:"), "the lab logs at Debug");
            Assert.That(mine, Has.Some.Contains($"call {id}"));
            Assert.That(mine, Has.None.Contains($"call {id} => call {id}"));
            Assert.That(lines, Has.None.Contains("pay my bill").IgnoreCase.And.None.Contains(Lab.Asterisk.AriPassword));
        }
    }

    private static double Sum(string metrics, string name, params string[] labels) => metrics.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
        .Where(line => labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
}
