using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>Waits for many sockets, for a moment in time and to be woken: Linux's epoll with a timer and an event descriptor in it.</summary>
/// <remarks>.NET's own waiting costs a callback on the pool, and memory, for each packet. <see cref="Wake"/> is safe from any thread; the rest is for one.</remarks>
internal sealed class EventPoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int MonotonicClock = 1;
    private const int AbsoluteTime = 1;
    private const int AddDescriptor = 1;
    private const int RemoveDescriptor = 2;
    private const uint Readable = 0x001;
    private const uint EdgeTriggered = 1u << 31;
    private const int Interrupted = 4;
    private const ulong Internal = ulong.MaxValue;
    private const int Batch = 128;

    // struct epoll_event { uint32_t events; uint64_t data; } is packed on x86 only.
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;
    private static readonly int EventBytes = Packed ? 12 : 16;
    private static readonly int DataOffset = Packed ? 4 : 8;

    private readonly SafeFileHandle _poll = Open(epoll_create1(CloseOnExec), "epoll_create1");
    private readonly SafeFileHandle _timer = Open(timerfd_create(MonotonicClock, CloseOnExec | NonBlocking), "timerfd_create");
    private readonly SafeFileHandle _wake = Open(eventfd(0, CloseOnExec | NonBlocking), "eventfd");
    private readonly byte[] _events = new byte[Batch * 16];
    private long _armed = long.MaxValue;

    public EventPoll()
    {
        // Edge-triggered: each setting of the timer and each wake-up is told once, and neither needs to be read.
        Control(AddDescriptor, _timer, Readable | EdgeTriggered, Internal);
        Control(AddDescriptor, _wake, Readable | EdgeTriggered, Internal);
    }

    /// <param name="tag">Told when the socket can be read; anything but the highest value.</param>
    public void Add(SafeHandle socket, ulong tag) => Control(AddDescriptor, socket, Readable, tag);

    public void Remove(SafeHandle socket) => Control(RemoveDescriptor, socket, 0, 0);

    /// <summary>Ends the present or the next wait.</summary>
    public void Wake()
    {
        var one = 1UL;
        // Fails only when the counter is full, and then the other side is awake already.
        _ = write(_wake, ref one, sizeof(ulong));
    }

    /// <summary>Waits until something can be read, the time has come, or <see cref="Wake"/>.</summary>
    /// <param name="until">By <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>, which is the monotonic clock in nanoseconds; the highest value = no limit.</param>
    /// <returns>Number of tags written, at most as many as there is room for.</returns>
    public int Wait(Span<ulong> tags, long until, bool isDue)
    {
        if (!isDue)
            Arm(until);
        var count = epoll_wait(_poll, ref _events[0], Math.Min(Batch, tags.Length), isDue ? 0 : -1);
        if (count < 0)
            return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw Failed("epoll_wait");
        var sockets = 0;
        for (var i = 0; i < count; i++)
        {
            var tag = BinaryPrimitives.ReadUInt64LittleEndian(_events.AsSpan((i * EventBytes) + DataOffset));
            if (tag != Internal)
                tags[sockets++] = tag;
        }
        return sockets;
    }

    public void Dispose()
    {
        _wake.Dispose();
        _timer.Dispose();
        _poll.Dispose();
    }

    private void Arm(long until)
    {
        if (until == _armed)
            return;
        _armed = until;
        // All zeros disarm it.
        var setting = until == long.MaxValue ? default : new TimerSetting { Seconds = (nint)(until / 1_000_000_000), Nanoseconds = (nint)(until % 1_000_000_000) };
        if (timerfd_settime(_timer, AbsoluteTime, ref setting, 0) != 0)
            throw Failed("timerfd_settime");
    }

    private void Control(int operation, SafeHandle descriptor, uint events, ulong tag)
    {
        Span<byte> change = stackalloc byte[16];
        change.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(change, events);
        BinaryPrimitives.WriteUInt64LittleEndian(change[DataOffset..], tag);
        if (epoll_ctl(_poll, operation, descriptor, ref change[0]) != 0)
            throw Failed("epoll_ctl");
    }

    private static SafeFileHandle Open(int descriptor, string call) => descriptor < 0 ? throw Failed(call) : new SafeFileHandle(descriptor, ownsHandle: true);

    private static RtpException Failed(string call)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new RtpException($"The system refused {call}: {error.Message}. Too many open files? Raise the limit (ulimit -n, LimitNOFILE=).", error);
    }

    private struct TimerSetting
    {
        // Of the interval; zero = once.
        public nint IntervalSeconds;
        public nint IntervalNanoseconds;
        public nint Seconds;
        public nint Nanoseconds;
    }

#pragma warning disable IDE1006, SYSLIB1054 // The system's own names. All arguments are blittable, so generated marshalling, which needs unsafe code, would add nothing.
    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(SafeFileHandle poll, int operation, SafeHandle descriptor, ref byte change);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_wait(SafeFileHandle poll, ref byte events, int most, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern int eventfd(uint value, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int timerfd_create(int clock, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int timerfd_settime(SafeFileHandle timer, int flags, ref TimerSetting setting, nint before);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(SafeFileHandle file, ref ulong value, nint length);
#pragma warning restore IDE1006, SYSLIB1054
}
