using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Synthesis.Storage;

/// <summary>
/// Speech on disk, a file a piece, named by the hash of its key. Several processes may share the folder: a file appears whole or not at all.
/// Nothing that goes wrong here reaches a call. Thread-safe.
/// </summary>
internal sealed class PromptStore : IAsyncDisposable
{
    /// <summary>Pieces that wait to be written; beyond, they are left out and made again after a restart.</summary>
    private const int MaxWaiting = 256;

    /// <summary>After a failure the disk is left alone for so long.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>The time of a file's last use is as exact as this.</summary>
    private static readonly TimeSpan UseGrain = TimeSpan.FromHours(12);

    private readonly PromptFolder _folder;
    private readonly long _limit;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<string, Stream> _create;
    private readonly Lock _gate = new();
    private Task _writing = Task.CompletedTask;
    private int _waiting;
    private long _bytes;
    private bool _isOpen;
    private DateTimeOffset _restUntil;
    private long _hits;
    private long _written;
    private long _evicted;
    private long _dropped;
    private long _failures;
    private string? _lastError;

    /// <param name="create">Opens a new file; null = on the disk.</param>
    public PromptStore(string folder, long limitBytes, TimeProvider time, ILogger log, Func<string, Stream>? create = null)
    {
        _folder = new PromptFolder(folder);
        (_limit, _time, _log) = (limitBytes, time, log);
        _create = create ?? PromptFolder.Create;
    }

    public PromptStoreStatus Status =>
        new(_folder.Path, Volatile.Read(ref _isOpen) ? Volatile.Read(ref _bytes) : Counted(), _limit, Volatile.Read(ref _hits), Volatile.Read(ref _written), Volatile.Read(ref _evicted), Volatile.Read(ref _dropped), Volatile.Read(ref _failures), _lastError);

    /// <summary>Reads a piece; null = it is not there. A damaged file is removed.</summary>
    public SpokenPrompt? Find(PromptKey key)
    {
        var text = key.ToUtf8();
        var path = _folder.PathOf(PromptKey.Hash(text));
        try
        {
            // Most pieces that are asked for were never kept: no exception for those.
            if (!File.Exists(path))
                return null;
            if (PromptFile.Read(File.ReadAllBytes(path)) is { } read && read.Key.AsSpan().SequenceEqual(text) && read.Spoken.SampleRate == key.SampleRate)
            {
                Interlocked.Increment(ref _hits);
                PromptFolder.Touch(path, _time.GetUtcNow(), UseGrain);
                return read.Spoken;
            }
            Interlocked.Increment(ref _dropped);
            _log.Dropped(path);
            File.Delete(path);
        }
        catch (FileNotFoundException)
        {
            // Another process removed it meanwhile.
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Failed(unreadable);
        }
        return null;
    }

    /// <summary>Writes a piece, later: the caller does not wait for a disk.</summary>
    public void Keep(PromptKey key, SpokenPrompt spoken)
    {
        lock (_gate)
        {
            if (_waiting >= MaxWaiting || _time.GetUtcNow() < _restUntil)
                return;
            _waiting++;
            _writing = _writing.ContinueWith(_ => Write(key, spoken), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Ends when everything that was to be kept until now is on disk.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
            return _writing;
    }

    public async ValueTask DisposeAsync() => await FlushAsync();

    private void Write(PromptKey key, SpokenPrompt spoken)
    {
        string? unfinished = null;
        try
        {
            lock (_gate)
            {
                if (_time.GetUtcNow() < _restUntil)
                    return;
            }
            Open();
            var text = key.ToUtf8();
            var file = PromptFile.Write(text, spoken);
            if (file.Length > _limit)
                return;
            if (_bytes + file.Length > _limit)
                MakeRoom(file.Length);
            // Under a name of its own first; renaming puts it in place at once. A crash in between leaves a file that the hash refuses, or that the next start clears away.
            unfinished = _folder.TemporaryPath();
            using (var stream = _create(unfinished))
                stream.Write(file);
            File.Move(unfinished, _folder.PathOf(PromptKey.Hash(text)), overwrite: true);
            _bytes += file.Length;
            _written++;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            Failed(unwritable);
            if (unfinished is not null)
                PromptFolder.TryDelete(unfinished);
        }
        finally
        {
            lock (_gate)
                _waiting--;
        }
    }

    private void Open()
    {
        if (_isOpen)
            return;
        _folder.Prepare(_time.GetUtcNow());
        _bytes = _folder.Files().Sum(file => file.Length);
        _isOpen = true;
    }

    /// <summary>Removes what was not used for longest, so that a tenth is free again. Counts anew: other processes write there, too.</summary>
    private void MakeRoom(long needed)
    {
        var files = _folder.Files().OrderBy(file => file.LastWriteTimeUtc).ToList();
        _bytes = files.Sum(file => file.Length);
        if (_bytes + needed <= _limit)
            return;
        var removed = 0;
        foreach (var file in files)
        {
            if (_bytes + needed <= _limit * 9 / 10)
                break;
            if (!PromptFolder.TryDelete(file.FullName))
                continue;
            _bytes -= file.Length;
            removed++;
        }
        _evicted += removed;
        _log.Evicted(_folder.Path, removed, _bytes, _limit);
    }

    /// <summary>What is there before this process wrote anything.</summary>
    private long Counted()
    {
        try
        {
            return _folder.Files().Sum(file => file.Length);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private void Failed(Exception why)
    {
        Interlocked.Increment(ref _failures);
        lock (_gate)
        {
            _lastError = why.Message;
            var now = _time.GetUtcNow();
            if (now < _restUntil)
                return;
            _restUntil = now + Rest;
        }
        _log.NotKept(_folder.Path, why.Message);
    }
}
