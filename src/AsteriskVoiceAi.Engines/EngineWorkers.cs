using System.Collections.Concurrent;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines;

/// <summary>
/// Threads that run native models, for all models together: as many as there are cores, so that recognitions wait in one line
/// instead of slowing each other down, and the thread pool stays free for calls. The line is bounded; when it is full, work is refused.
/// </summary>
internal sealed class EngineWorkers : IDisposable
{
    private readonly BlockingCollection<IWork> _line;
    private readonly Thread[] _threads;
    private readonly TimeProvider _time;
    private long _lastWait;

    public EngineWorkers(int workers, TimeProvider time, int capacity = 64)
    {
        _time = time;
        _line = new(capacity);
        _threads = [.. Enumerable.Range(0, workers).Select(i => new Thread(Work) { IsBackground = true, Name = $"speech worker {i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Work that no thread has taken up yet.</summary>
    public int Waiting => _line.Count;

    /// <summary>How long the work taken up last had waited, while more waits; zero when none does.</summary>
    public TimeSpan Wait => Waiting == 0 ? TimeSpan.Zero : new(Interlocked.Read(ref _lastWait));

    /// <summary>Runs on one of the threads. A cancellation while in line ends the task at once.</summary>
    /// <exception cref="SpeechEngineException">The line is full.</exception>
    public Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var item = new WorkItem<T>(work, _time.GetTimestamp(), cancellationToken);
        item.CancelWhileWaiting();
        if (_line.TryAdd(item))
            return item.Task;
        item.Forget();
        throw new SpeechEngineException($"{_line.BoundedCapacity} recognitions wait already; raise Speech:Workers, choose smaller models, or admit fewer calls");
    }

    public void Dispose()
    {
        _line.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _line.Dispose();
    }

    private void Work()
    {
        foreach (var item in _line.GetConsumingEnumerable())
        {
            Interlocked.Exchange(ref _lastWait, _time.GetElapsedTime(item.Queued).Ticks);
            item.Run();
        }
    }

    private interface IWork
    {
        long Queued { get; }

        void Run();
    }

    private sealed class WorkItem<T>(Func<CancellationToken, T> work, long queued, CancellationToken cancellationToken) : IWork
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenRegistration _registration;
        private int _taken;

        public Task<T> Task => _done.Task;

        public long Queued => queued;

        public void CancelWhileWaiting() => _registration = cancellationToken.UnsafeRegister(
            static (item, token) =>
            {
                // Once a thread has taken it up, only that thread ends it: the sound's memory is in use until then.
                var self = (WorkItem<T>)item!;
                if (Interlocked.Exchange(ref self._taken, 1) == 0)
                    self._done.TrySetCanceled(token);
            },
            this);

        public void Forget() => _registration.Unregister();

        public void Run()
        {
            if (Interlocked.Exchange(ref _taken, 1) != 0)
                return;
            try
            {
                _done.TrySetResult(work(cancellationToken));
            }
            catch (OperationCanceledException e)
            {
                _done.TrySetCanceled(e.CancellationToken);
            }
#pragma warning disable CA1031 // The task carries it to whoever awaits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _done.TrySetException(e);
            }
            finally
            {
                _registration.Unregister();
            }
        }
    }
}
