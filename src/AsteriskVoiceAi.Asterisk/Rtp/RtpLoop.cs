using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>One thread that reads the sockets of many links and gives each of them its turn every 20 ms.</summary>
internal sealed class RtpLoop : IAsyncDisposable
{
    private const int Rtcp = 1;
    private const string Stopped = "the service stops";

    private readonly EventPoll _poll = new();
    private readonly ConcurrentQueue<(RtpLink? Link, TaskCompletionSource Done)> _changes = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<RtpLink?> _links = [];
    private readonly Stack<int> _free = new();
    private readonly PacingWheel<RtpLink> _wheel = new(Stopwatch.GetTimestamp());
    private readonly RtpWorkspace _workspace = new();
    private readonly ILogger _logger;
    private readonly Lock _closing = new();
    private bool _closed;
    private int _load;
    private volatile bool _stopping;

    public RtpLoop(int number, ILogger logger)
    {
        _logger = logger;
        new Thread(Run) { IsBackground = true, Name = $"rtp {number}" }.Start();
    }

    /// <summary>Links that it serves now.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>Begins to serve a link.</summary>
    public Task AddAsync(RtpLink link)
    {
        Interlocked.Increment(ref _load);
        return ChangeAsync(link);
    }

    /// <summary>Stops serving it; afterwards nothing of it runs.</summary>
    public Task RemoveAsync(RtpLink link) => ChangeAsync(link);

    /// <summary>Ends when the thread has come by.</summary>
    public async Task BeatAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _changes.Enqueue((null, done));
        Wake();
        await done.Task;
    }

    /// <summary>Ends the thread; links that are left are ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        Wake();
        await _ended.Task;
        lock (_closing)
        {
            _closed = true;
            _poll.Dispose();
        }
    }

    private async Task ChangeAsync(RtpLink link)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _changes.Enqueue((link, done));
        Wake();
        await Task.WhenAny(done.Task, _ended.Task);
        if (!done.Task.IsCompleted)
            link.End(Stopped);
    }

    private void Wake()
    {
        lock (_closing)
        {
            if (!_closed)
                _poll.Wake();
        }
    }

    private void Run()
    {
        try
        {
            EventPoll.PreferThisThread();
            var ready = new ulong[128];
            while (!_stopping)
            {
                var due = _wheel.NextDue;
                var count = _poll.Wait(ready, due, due <= Stopwatch.GetTimestamp());
                Read(ready.AsSpan(0, count));
                Turn();
                Change();
            }
        }
        catch (RtpException broken)
        {
            _logger.LoopBroken(broken);
        }
        finally
        {
            foreach (var link in _links.OfType<RtpLink>().ToArray())
            {
                link.End(Stopped);
                Detach(link);
            }
            _ended.TrySetResult();
        }
    }

    private void Read(ReadOnlySpan<ulong> ready)
    {
        // One time for the whole batch: it takes microseconds.
        var now = Stopwatch.GetTimestamp();
        foreach (var tag in ready)
        {
            if (_links[(int)(tag >> 1)] is not { } link)
                continue;
            try
            {
                if ((tag & Rtcp) == 0)
                    link.ReadRtp(_workspace, now);
                else
                    link.ReadRtcp(_workspace, now);
            }
            catch (Exception bug)
            {
                Fail(link, bug);
            }
        }
    }

    private void Turn()
    {
        while (_wheel.TryTurn(Stopwatch.GetTimestamp(), out var members))
        {
            // Backwards: a link that ends leaves the list.
            for (var i = members.Count - 1; i >= 0; i--)
            {
                var link = members[i];
                try
                {
                    link.TakeTurn(_workspace, Stopwatch.GetTimestamp(), _wheel.Missed);
                }
                catch (Exception bug)
                {
                    Fail(link, bug);
                }
                if (link.HasEnded)
                    Detach(link);
            }
        }
    }

    /// <summary>A fault of ours costs the call that met it, not the others of this thread.</summary>
    private void Fail(RtpLink link, Exception bug)
    {
        _logger.LinkFailed(bug, link.LocalEndPoint, link.Asterisk);
        link.End("a fault of the service");
    }

    private void Change()
    {
        while (_changes.TryDequeue(out var change))
        {
            if (change.Link is { Seat: null, HasLeft: false })
                Attach(change.Link);
            else if (change.Link is not null)
                Detach(change.Link);
            change.Done.TrySetResult();
        }
    }

    private void Attach(RtpLink link)
    {
        if (!_free.TryPop(out var index))
        {
            index = _links.Count;
            _links.Add(null);
        }
        var now = Stopwatch.GetTimestamp();
        _links[index] = link;
        link.Seat = (index, _wheel.Add(link, now));
        link.Begin(now, _wheel.Missed);
        _poll.Add(link.RtpHandle, (ulong)index << 1);
        _poll.Add(link.RtcpHandle, ((ulong)index << 1) | Rtcp);
    }

    private void Detach(RtpLink link)
    {
        if (link.Seat is not { } seat)
            return;
        link.Seat = null;
        link.HasLeft = true;
        _poll.Remove(link.RtpHandle);
        _poll.Remove(link.RtcpHandle);
        _wheel.Remove(link, seat.Slot);
        _links[seat.Index] = null;
        _free.Push(seat.Index);
        link.Leave(_workspace);
        Interlocked.Decrement(ref _load);
    }
}
