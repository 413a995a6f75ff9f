using System.Globalization;

namespace AsteriskVoiceAi.Benchmarks.Soak;

/// <summary>Whether anything is left of the calls of a soak. "Before" is after a first round of calls has come and gone.</summary>
internal static class SoakVerdict
{
    // What a process keeps for the next call: pooled connections to ARI, buffers of the runtime, a diagnostics session.
    private const int MoreFiles = 12;
    private const int MoreTimers = 10;
    private const long MoreHeap = 6 * 1024 * 1024;
    private const double MorePrivate = 1.15;

    /// <summary>Of all questions; a synthetic voice over a busy machine may go unheard once in a while, and is counted.</summary>
    private const double MostUnanswered = 0.01;

    /// <returns>What is wrong; empty = nothing leaked and everybody was answered.</returns>
    public static IReadOnlyList<string> Judge(SoakSample before, SoakSample after, SoakTally tally)
    {
        var faults = new List<string>();
        void Expect(bool good, string fault)
        {
            if (!good)
                faults.Add(fault);
        }
        Expect(after.Channels == 0, $"{after.Channels} channels are left in Asterisk");
        Expect(after.Bridges == 0, $"{after.Bridges} bridges are left in Asterisk");
        Expect(after.Calls == 0, $"{after.Calls} calls are left in the service");
        Expect(after.Links == 0, $"{after.Links} links, sockets or ports are left in the service");
        Expect(after.Files <= before.Files + MoreFiles, $"the service has {after.Files} files open, {before.Files} before");
        Expect(after.AsteriskFiles <= before.AsteriskFiles + MoreFiles, $"Asterisk has {after.AsteriskFiles} files open, {before.AsteriskFiles} before");
        Expect(after.Timers <= before.Timers + MoreTimers, $"{after.Timers} timers are left, {before.Timers} before");
        Expect(after.Heap <= before.Heap + MoreHeap, string.Create(CultureInfo.InvariantCulture, $"the heap is {after.Heap / 1e6:0.0} MB after collection, {before.Heap / 1e6:0.0} before"));
        Expect(after.Private <= before.Private * MorePrivate, string.Create(CultureInfo.InvariantCulture, $"private memory is {after.Private / 1e6:0} MB, {before.Private / 1e6:0} before"));
        Expect(tally.Dropped == 0, $"{tally.Dropped} calls were refused or dropped");
        Expect(tally.Answered > 0, "no question was answered");
        Expect(tally.Unanswered <= MostUnanswered * (tally.Answered + tally.Unanswered), $"{tally.Unanswered} questions were not answered");
        return faults;
    }
}
