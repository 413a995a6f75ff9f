using System.Diagnostics.Metrics;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Tests.Calls;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>What Prometheus gets from the real host.</summary>
internal sealed class MetricsTests
{
    [Test]
    public async Task Whole_call_is_counted_step_by_step()
    {
        await using var service = await ServiceRig.StartAsync();
        await using (var call = new CallScript(followers: service.Followers).Arrives())
        {
            await call.HearsAsync("Hello.");
            await call.SaysAsync("I have a question about my invoice.", confidence: 0.8);
            await call.HearsAsync("Billing it is.");
            await call.EndsAsync("done 602@billing");
        }

        var metrics = await service.ScrapeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(metrics.Value("voiceai_calls_total", ("entry", "test"), ("request", "flow"), ("flow", "main"), ("outcome", "done"), ("reason", "none")), Is.EqualTo(1));
            Assert.That(metrics.Value("voiceai_turns_total", ("flow", "main"), ("kind", "speech")), Is.EqualTo(1));
            Assert.That(metrics.Value("voiceai_intents_total", ("flow", "main"), ("intent", "billing"), ("verdict", "accept")), Is.EqualTo(1));
            Assert.That(metrics.Value("voiceai_prompts_total", ("flow", "main"), ("ending", "completed")), Is.EqualTo(2));
            Assert.That(metrics.Value("voiceai_pauses_total", ("ending", "ended")), Is.EqualTo(1));
            foreach (var step in new[] { "endpoint", "recognition", "recognition-wait", "understanding" })
                Assert.That(metrics.Value("voiceai_step_duration_seconds_count", ("step", step)), Is.EqualTo(1), step);
            Assert.That(metrics.Value("voiceai_step_duration_seconds_count", ("step", "synthesis"), ("engine", "fake-voice")), Is.EqualTo(2));
            Assert.That(metrics.Value("voiceai_voice_to_voice_duration_seconds_bucket", ("flow", "main"), ("le", "0.8")), Is.EqualTo(1));
            Assert.That(metrics.Value("voiceai_voice_to_voice_duration_seconds_bucket", ("flow", "main"), ("le", "0.5")), Is.Zero);
        }
    }

    [Test]
    public async Task What_callers_and_peers_send_never_becomes_a_label()
    {
        await using var service = await ServiceRig.StartAsync();
        var hostile = "x\"} evil 1";
        service.Happens(ServiceRig.Incoming(hostile, "c1"), [new CallEvent.Understood("", TimeSpan.Zero, hostile, 1, "accept", TimeSpan.Zero), new CallEvent.Ended("", TimeSpan.Zero, "error", "unknown-flow", "", "dialplan")]);
        service.Happens(ServiceRig.Incoming("main", "c2"), [new CallEvent.Heard("", TimeSpan.Zero, hostile, 1, "moonshine-base", default, default, default, default), new CallEvent.Understood("", TimeSpan.Zero, hostile, 1, "accept", TimeSpan.Zero), new CallEvent.Pressed("", TimeSpan.Zero, "987654")]);

        var metrics = await service.ScrapeAsync();

        var words = metrics.Samples.SelectMany(sample => sample.Labels.Values).ToHashSet();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(words, Has.None.Contains("evil").And.None.Contains("987654").And.None.Contains("5551234").And.None.EqualTo("c1"));
            Assert.That(metrics.Value("voiceai_calls_total", ("flow", "unknown"), ("outcome", "error"), ("reason", "unknown-flow")), Is.EqualTo(1));
            Assert.That(metrics.Value("voiceai_intents_total", ("intent", "unknown")), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Call_that_an_adapter_had_to_end_is_counted_too()
    {
        await using var service = await ServiceRig.StartAsync();

        service.Services.GetRequiredService<ICallHandler>().NotServed(ServiceRig.Incoming("main"), new("c1", CallResult.Error, "no-audio", NextStep.InDialplan));

        Assert.That((await service.ScrapeAsync()).Value("voiceai_calls_total", ("entry", "agi"), ("flow", "main"), ("outcome", "error"), ("reason", "no-audio")), Is.EqualTo(1));
    }

    [Test]
    public async Task Frames_of_a_link_are_counted_while_it_runs_and_after()
    {
        await using var service = await ServiceRig.StartAsync();
        var link = new FakeLink();
        var followed = service.Services.GetRequiredService<MediaMetrics>().Follow(link);
        Assert.That((await service.ScrapeAsync()).Value("voiceai_media_frames_lost_total", ("transport", "rtp")), Is.EqualTo(2));

        link.Counters = link.Counters with { Lost = 5 };
        followed.Dispose();
        followed.Dispose();

        var after = await service.ScrapeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Value("voiceai_media_frames_lost_total", ("transport", "rtp")), Is.EqualTo(5));
            Assert.That(after.Value("voiceai_media_links", ("transport", "rtp")), Is.Zero);
            Assert.That(after.Value("voiceai_media_jitter_seconds_bucket", ("transport", "rtp"), ("le", "0.01")), Is.EqualTo(1), "8 ms");
        }
    }

    [Test]
    public async Task Every_metric_of_ours_is_documented_with_its_labels()
    {
        var published = new HashSet<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => { if (instrument.Meter.Name.StartsWith("AsteriskVoiceAi.", StringComparison.Ordinal)) lock (published) published.Add(instrument.Name); } };
        listener.Start();
        await using var service = await ServiceRig.StartAsync();
        service.EverythingHappens();
        var exported = (await service.ScrapeAsync()).Families.Values.Where(family => family.Name != "target_info").ToList();

        using (Assert.EnterMultipleScope())
        {
            var silent = published.Where(name => !exported.Any(family => family.Name.StartsWith(name.Replace('.', '_'), StringComparison.Ordinal)));
            Assert.That(silent, Is.Empty, "instruments that this test makes nothing happen for");
            Assert.That(MetricsPage.Rows(exported), Is.EqualTo(MetricsPage.Documented()), "Run with UPDATE_DOCS=1 to write the table of docs/metrics.md.");
        }
    }

    [TestCase("monitoring/alerts.yaml")]
    [TestCase("monitoring/grafana-dashboard.json")]
    public async Task Queries_use_only_what_is_exported(string file)
    {
        await using var service = await ServiceRig.StartAsync();
        service.EverythingHappens();
        var exported = (await service.ScrapeAsync()).Families;

        var queries = MonitoringQueries.In(Repository.PathOf(file.Split('/')));

        Assert.That(queries, Is.Not.Empty);
        Assert.That(queries.SelectMany(query => MonitoringQueries.Problems(query, exported)), Is.Empty);
    }
}
