using System.Diagnostics;
using System.Globalization;

namespace AsteriskVoiceAi.TestSupport;

/// <summary>An instant of the machine's monotonic clock: differences are exact, whatever happens to the time of day.</summary>
public readonly record struct Moment(long Timestamp) : IComparable<Moment>
{
    private static readonly long Origin = Stopwatch.GetTimestamp();

    public static Moment Now => new(Stopwatch.GetTimestamp());

    public static TimeSpan operator -(Moment later, Moment earlier) => Stopwatch.GetElapsedTime(earlier.Timestamp, later.Timestamp);

    public static Moment operator +(Moment moment, TimeSpan span) => new(moment.Timestamp + (long)(span.TotalSeconds * Stopwatch.Frequency));

    public static Moment operator -(Moment moment, TimeSpan span) => moment + -span;

    public static bool operator <(Moment left, Moment right) => left.Timestamp < right.Timestamp;

    public static bool operator >(Moment left, Moment right) => left.Timestamp > right.Timestamp;

    public static bool operator <=(Moment left, Moment right) => left.Timestamp <= right.Timestamp;

    public static bool operator >=(Moment left, Moment right) => left.Timestamp >= right.Timestamp;

    public int CompareTo(Moment other) => Timestamp.CompareTo(other.Timestamp);

    /// <summary>Seconds since the process first asked for the time.</summary>
    public override string ToString() => Stopwatch.GetElapsedTime(Origin, Timestamp).TotalSeconds.ToString("0.000 's'", CultureInfo.InvariantCulture);
}
