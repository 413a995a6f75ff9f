using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>
/// Quality of the audio of all calls, by transport. Links count for themselves as ever; here they are only read, when somebody asks
/// and when they end, so that a frame costs nothing more. Safe from any thread.
/// </summary>
internal sealed class MediaMetrics
{
    public const string MeterName = "AsteriskVoiceAi.Asterisk";

    /// <summary>Seconds: below 20 ms nothing is heard of it, above 100 ms a jitter buffer of 200 ms begins to lose.</summary>
    private static readonly double[] JitterBuckets = [0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2];

    /// <summary>Shares: 1 in 100 is heard, 1 in 20 costs words.</summary>
    private static readonly double[] LossBuckets = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

    private readonly ConcurrentDictionary<IMediaLink, byte> _links = new();
    private readonly Dictionary<MediaTransport, MediaCounters> _ended = Enum.GetValues<MediaTransport>().ToDictionary(transport => transport, _ => default(MediaCounters));
    private readonly Lock _gate = new();
    private readonly Histogram<double> _jitter;
    private readonly Histogram<double> _loss;
    private readonly Histogram<double> _phoneJitter;
    private readonly Histogram<double> _phoneLoss;

    public MediaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("voiceai.media.links", () => _ended.Keys.Select(transport => Of(transport, _links.Keys.Count(link => link.Transport == transport))), "{link}", "Links that carry a call's audio.");
        Count(meter, "received", "Frames of 20 ms that came from Asterisk and were good to be heard.", counters => counters.Received);
        Count(meter, "sent", "Frames of 20 ms given to Asterisk, silence included.", counters => counters.Sent);
        Count(meter, "lost", "Frames that never came.", counters => counters.Lost);
        Count(meter, "late", "Frames that came after their turn to be played.", counters => counters.Late);
        Count(meter, "concealed", "Frames made up from what came before, in place of lost or late ones.", counters => counters.Concealed);
        Count(meter, "reordered", "Frames that came out of order, in time.", counters => counters.Reordered);
        Count(meter, "duplicate", "Frames that came twice.", counters => counters.Duplicate);
        Count(meter, "foreign", "Packets of strangers, of a wrong codec or that made no sense: dropped.", counters => counters.Foreign);
        _jitter = meter.CreateHistogram("voiceai.media.jitter", "s", "Interarrival jitter (RFC 3550) of a link at its end.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = JitterBuckets });
        _loss = meter.CreateHistogram("voiceai.media.loss", null, "Share of a link's frames that never came, 0 to 1, at its end.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LossBuckets });
        _phoneJitter = meter.CreateHistogram("voiceai.phone.jitter", "s", "Jitter of what a caller's phone sent, by Asterisk's last report of the call.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = JitterBuckets });
        _phoneLoss = meter.CreateHistogram("voiceai.phone.loss", null, "Share of the packets between a caller's phone and Asterisk that never came, 0 to 1, by Asterisk's last report of the call.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LossBuckets });
    }

    /// <summary>A call is over, and so its phone's line fared.</summary>
    public void Ended(PhoneLine line)
    {
        if (line.Loss is { } from)
        {
            _phoneLoss.Record(from, KeyValuePair.Create<string, object?>("direction", "from-phone"));
            _phoneJitter.Record(line.Jitter.TotalSeconds);
        }
        if (line.LossThere is { } there)
            _phoneLoss.Record(there, KeyValuePair.Create<string, object?>("direction", "to-phone"));
    }

    /// <summary>A link begins to carry a call.</summary>
    /// <returns>Disposed when it carries no more; its counters must still be readable then.</returns>
    public IDisposable Follow(IMediaLink link)
    {
        _links[link] = 0;
        return new Followed(this, link);
    }

    private void Ended(IMediaLink link)
    {
        MediaCounters last;
        lock (_gate)
        {
            if (!_links.TryRemove(link, out _))
                return;
            last = link.Counters;
            _ended[link.Transport] = Sum(_ended[link.Transport], last);
        }
        // Over TCP nothing is lost and nothing measured.
        if (link.Transport != MediaTransport.Rtp || last.Received == 0)
            return;
        _jitter.Record(last.Jitter.TotalSeconds, Label(link.Transport));
        _loss.Record((double)last.Lost / (last.Received + last.Lost), Label(link.Transport));
    }

    private void Count(Meter meter, string what, string description, Func<MediaCounters, long> value) =>
        meter.CreateObservableCounter("voiceai.media.frames." + what, () => Totals().Select(total => Of(total.Transport, value(total.Counters))), "{frame}", description);

    private List<(MediaTransport Transport, MediaCounters Counters)> Totals()
    {
        lock (_gate)
            return [.. _ended.Select(ended => (ended.Key, _links.Keys.Where(link => link.Transport == ended.Key).Aggregate(ended.Value, static (sum, link) => Sum(sum, link.Counters))))];
    }

    private static MediaCounters Sum(MediaCounters a, MediaCounters b) => new(
        a.Received + b.Received, a.Sent + b.Sent, null, a.Lost + b.Lost, a.Late + b.Late, a.Duplicate + b.Duplicate, a.Reordered + b.Reordered, a.Concealed + b.Concealed, a.Foreign + b.Foreign);

    private static Measurement<long> Of(MediaTransport transport, long value) => new(value, Label(transport));

    private static KeyValuePair<string, object?> Label(MediaTransport transport) => new("transport", MediaPlan.Name(transport));

    private sealed class Followed(MediaMetrics metrics, IMediaLink link) : IDisposable
    {
        public void Dispose() => metrics.Ended(link);
    }
}
