namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>How many processes a pool keeps, how long its line may be, and its words for messages.</summary>
/// <param name="Engine">Whose they are, for the log: <c>whisper-base</c>.</param>
/// <param name="Program">What they are: <c>whisper-server</c>.</param>
/// <param name="Work">What waits in line, in the plural: <c>recognitions</c>.</param>
/// <param name="LongestWait">For a process to become free.</param>
/// <param name="Advice">What an operator changes when the line is too long.</param>
internal sealed record PoolTerms(string Engine, string Program, string Work, int Processes, TimeSpan LongestWait, string Advice)
{
    /// <summary>Questions in line for each process; at half a second each, a longer line only makes callers wait for nothing.</summary>
    public int LinePerProcess { get; init; } = 8;

    /// <summary>Bytes at which a process is replaced once it has answered.</summary>
    public long MostMemory { get; init; } = long.MaxValue;

    /// <summary>The key that sets <see cref="MostMemory"/>.</summary>
    public string MemoryKey { get; init; } = "";

    /// <summary>Between the end of a process and the start of the next; doubled each time that it lives for less than a minute.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);
}
