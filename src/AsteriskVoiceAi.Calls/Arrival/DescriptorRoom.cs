using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>
/// Keeps file descriptors (files, sockets, pipes) for the calls that run: what is new is turned away while some are left. The runtime
/// takes two for each thread and ends the process when a thread can't be started, so none left is worse than one caller less.
/// </summary>
/// <remarks>
/// Thread-safe. A new descriptor has the lowest number that is free: those below it are taken, and with it no more than
/// limit − number are left. Where gaps were left lower down it may be fewer, until these are filled again.
/// </remarks>
public sealed class DescriptorRoom
{
    /// <summary>While fewer are left no new call is taken: two for each of 20 threads, six for each of 5 prompts that are made, 8 for requests to Asterisk, some for audio that is made anew.</summary>
    internal const int KeptForCalls = 100;

    /// <summary>While fewer are left no connection at all is taken, by whomever; until then health, metrics and the audio of calls that were taken get theirs.</summary>
    internal const int KeptForThreads = 50;

    private readonly ILogger<DescriptorRoom> _log;
    private readonly Func<int?> _lowestFree;
    private readonly Func<long> _limit;
    private int _short;
    private long _refused;

    public DescriptorRoom(ILogger<DescriptorRoom> log)
        : this(log, ProbeLowestFree, ReadLimit)
    {
    }

    /// <param name="lowestFree">Null = none is free.</param>
    internal DescriptorRoom(ILogger<DescriptorRoom> log, Func<int?> lowestFree, Func<long> limit) => (_log, _lowestFree, _limit) = (log, lowestFree, limit);

    /// <summary>How many this process may have.</summary>
    public long Limit => _limit();

    /// <summary>How many are left at most.</summary>
    public long Left => _lowestFree() is { } lowest ? Math.Max(0, _limit() - lowest) : 0;

    /// <summary>New calls are refused now.</summary>
    public bool IsShort => Left < KeptForCalls;

    /// <summary>Calls and connections turned away since start.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Whether something failed because no descriptor was left.</summary>
    public static bool IsExhausted(Exception? failed)
    {
        for (; failed is not null; failed = failed.InnerException)
        {
            if (failed is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets })
                return true;
        }
        return false;
    }

    /// <summary>Whether a new call may begin.</summary>
    public bool AdmitsCall() => Admits(Left, KeptForCalls);

    /// <summary>Whether a connection may stay that was just accepted.</summary>
    public bool AdmitsConnection(Socket accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return Admits(_limit() - accepted.SafeHandle.DangerousGetHandle(), KeptForThreads);
    }

    /// <summary>A connection could not even be accepted.</summary>
    public void NotAccepted() => Admits(0, KeptForThreads);

    private bool Admits(long left, int kept)
    {
        if (left >= kept)
        {
            // Twice what is kept: at the edge a line for each call would come.
            if (left >= 2 * KeptForCalls && Volatile.Read(ref _short) == 1 && Interlocked.Exchange(ref _short, 0) == 1)
                _log.DescriptorsAgain(Refused);
            return true;
        }
        Interlocked.Increment(ref _refused);
        if (Interlocked.Exchange(ref _short, 1) == 0)
            _log.FewDescriptors(Math.Max(0, left), _limit());
        return false;
    }

    private static int? ProbeLowestFree()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        try
        {
            using var probe = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return (int)probe.DangerousGetHandle();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long ReadLimit() =>
        OperatingSystem.IsLinux() && getrlimit(OpenFiles, out var limit) == 0 ? (long)Math.Min(limit.Soft, long.MaxValue) : long.MaxValue;

    /// <summary>RLIMIT_NOFILE of Linux.</summary>
    private const int OpenFiles = 7;

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceLimit
    {
        public readonly ulong Soft;
        public readonly ulong Hard;
    }

#pragma warning disable IDE1006, SYSLIB1054 // The system's own name. All arguments are blittable, so generated marshalling, which needs unsafe code, would add nothing.
    [DllImport("libc", SetLastError = true)]
    private static extern int getrlimit(int resource, out ResourceLimit limit);
#pragma warning restore IDE1006, SYSLIB1054
}
