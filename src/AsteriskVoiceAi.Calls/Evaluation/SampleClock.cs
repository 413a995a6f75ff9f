namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>
/// Time as one recorded caller lives it: it passes with the frames, however fast they are read. Timers run on the machine's clock: they bound
/// what engines do, and while an engine works the frames come at the pace of that clock too.
/// </summary>
internal sealed class SampleClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
