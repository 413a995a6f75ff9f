using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// How quick each recogniser is on this machine now: its real-time factor, time of work by length of the speech, the wait in line left out. It tells
/// of a machine that is short of processors before a line forms: with W workers, callers who speak a fifth of the time and 1.3 recognitions for
/// each piece of speech, W / (factor × 0.2 × 1.3) callers are served.
/// </summary>
/// <remarks>Thread-safe. What was measured counts for 15 s: where nobody is let in, nothing keeps callers out for longer.</remarks>
public sealed class RecognitionSpeed(IOptions<CallOptions> options, TimeProvider time)
{
    /// <summary>A "yes" costs an engine as much as a sentence; by its own length it would be slow everywhere.</summary>
    private static readonly TimeSpan LeastSpeech = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Engine> _engines = new(StringComparer.Ordinal);

    /// <summary>By engine, of those that did enough lately.</summary>
    public IReadOnlyDictionary<string, double> RealTimeFactors =>
        _engines.Where(engine => engine.Value.Factor.Value is not null).ToDictionary(engine => engine.Key, engine => Math.Round(engine.Value.Factor.Value ?? 0, 3));

    /// <summary>Of the quickest engine that has no lighter one to give way to; null = too few recognitions to tell.</summary>
    internal double? LastResort => _engines.Values.Where(engine => engine.IsLast).Min(engine => engine.Factor.Value);

    /// <summary>Whether an engine is to give way to a lighter one.</summary>
    public bool IsSlow(string engine) =>
        options.Value.MaxRealTimeFactor is > 0 and var limit && _engines.TryGetValue(engine, out var known) && known.Factor.Value > limit;

    /// <param name="work">Without the wait in line.</param>
    /// <param name="isLast">There is no lighter engine for this caller.</param>
    public void Add(string engine, TimeSpan speech, TimeSpan work, bool isLast)
    {
        var known = _engines.GetOrAdd(engine, static (_, time) => new Engine(new RecentMedian<double>(time)), time);
        known.IsLast = isLast;
        known.Factor.Add(work / (speech > LeastSpeech ? speech : LeastSpeech));
    }

    private sealed class Engine(RecentMedian<double> factor)
    {
        private volatile bool _isLast;

        public RecentMedian<double> Factor => factor;

        public bool IsLast
        {
            get => _isLast;
            set => _isLast = value;
        }
    }
}
