using System.Collections.Immutable;
using AsteriskVoiceAi.Calls.Intents;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>
/// The flows of a folder. A changed file is loaded while calls run; a broken one keeps its last good flow. Safe from any thread.
/// </summary>
public sealed class FlowCatalog : IDisposable
{
    private readonly FlowsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FlowCatalog> _logger;
    private readonly IntentTraining _training;
    private readonly Lock _loading = new();
    private readonly ITimer _quiet;
    private FileSystemWatcher? _watcher;

    /// <summary>Replaced as a whole, so that a reader sees one state of the folder.</summary>
    private volatile Snapshot _snapshot = new(ImmutableDictionary<string, Entry>.Empty);

    /// <summary>Reads the folder once; <see cref="Problems"/> says what was refused. What the flows are to learn they learn meanwhile.</summary>
    internal FlowCatalog(FlowsOptions options, TimeProvider time, ILogger<FlowCatalog> logger, IntentTraining? training = null)
    {
        _training = training ?? IntentTraining.WordsOnly(logger);
        _options = options;
        _time = time;
        _logger = logger;
        _quiet = time.CreateTimer(_ => ReloadOnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Load(waits: false);
        if (options.Reload)
            Watch();
    }

    /// <summary>Names of the flows that calls can run.</summary>
    public IReadOnlyList<string> Names => [.. _snapshot.Entries.Where(entry => entry.Value.Flow is not null).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    /// <summary>What is wrong with the files as they are now.</summary>
    public IReadOnlyList<FlowProblem> Problems => [.. _snapshot.Entries.Values.SelectMany(entry => entry.Problems)];

    /// <summary>Raised with each flow that is new or changed, after the first load; for work ahead of calls such as speech of its prompts.</summary>
    public event Action<LoadedFlow>? Changed;

    /// <summary>The flow of that name as it is now; null = there is none, or its file never was right.</summary>
    public LoadedFlow? Get(string name) => _snapshot.Entries.GetValueOrDefault(name)?.Flow;

    public void Dispose()
    {
        _watcher?.Dispose();
        _quiet.Dispose();
    }

    /// <summary>A file changed: reads the folder when it has been quiet for a while.</summary>
    internal void Touch()
    {
        try
        {
            _quiet.Change(_options.ReloadDelay, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // A last change while the service stops.
        }
    }

    /// <summary>Reads what changed in the folder. Calls get a flow when it has learned.</summary>
    public void Reload() => Load(waits: true);

    private void Load(bool waits)
    {
        var fresh = new List<LoadedFlow>();
        lock (_loading)
        {
            if (Files() is not { } files)
                return;
            var before = _snapshot.Entries;
            var after = ImmutableDictionary.CreateBuilder<string, Entry>(StringComparer.Ordinal);
            foreach (var file in files)
            {
                var name = Path.GetFileNameWithoutExtension(file);
                var old = before.GetValueOrDefault(name);
                after[name] = Read(file, name, old, waits);
                if (after[name].Flow is { } flow && flow != old?.Flow)
                    fresh.Add(flow);
            }
            foreach (var (name, entry) in before.Where(entry => !after.ContainsKey(entry.Key)))
            {
                if (entry.Flow is not null)
                    FlowLog.Removed(_logger, name);
            }
            _snapshot = new Snapshot(after.ToImmutable());
        }
        foreach (var flow in fresh)
            Changed?.Invoke(flow);
    }

    private List<string>? Files()
    {
        try
        {
            // Names that begin with a dot are an editor's own.
            var all = Directory.EnumerateFiles(_options.Folder).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).ToList();
            foreach (var wrong in all.Where(file => file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)))
                FlowLog.WrongExtension(_logger, wrong);
            return [.. all.Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FlowLog.FolderUnreadable(_logger, Path.GetFullPath(_options.Folder), e.Message);
            return null;
        }
    }

    private Entry Read(string file, string name, Entry? old, bool waits)
    {
        var stamp = StampOf(file);
        if (old is not null && old.Stamp == stamp)
            return old;
        var read = FlowFile.Read(file);
        if (read.Flow is not null)
        {
            var loaded = new LoadedFlow(read.Flow, _training, read.Version);
            var told = TellAsync(loaded, _time.GetTimestamp());
            // On the thread of the reload, which no call waits for: running calls keep the flow before until this one has learned.
            if (waits)
                told.GetAwaiter().GetResult();
            return new Entry(stamp, loaded, []);
        }
        foreach (var problem in read.Problems)
            FlowLog.Refused(_logger, problem.ToString());
        if (old?.Flow is not null)
            FlowLog.KeptLastGood(_logger, name, read.Problems.Count);
        return new Entry(stamp, old?.Flow, read.Problems);
    }

    private async Task TellAsync(LoadedFlow loaded, long started)
    {
        try
        {
            await loaded.Learned.ConfigureAwait(false);
            FlowLog.Loaded(_logger, loaded.Flow.Name, loaded.Flow.Intents.Count, _time.GetElapsedTime(started).TotalMilliseconds, loaded.UsesMeaning ? "by what they mean" : "by their words alone", loaded.Forecast.ToString());
        }
        catch (Exception e)
        {
            FlowLog.NotLearned(_logger, loaded.Flow.Name, e);
            throw;
        }
    }

    /// <summary>What differs after a change of the file.</summary>
    private static (long Length, DateTime Written) StampOf(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? (info.Length, info.LastWriteTimeUtc) : default;
    }

    private void ReloadOnTimer()
    {
        try
        {
            Reload();
        }
        catch (Exception e)
        {
            // A fault here is ours or a subscriber's. On a timer it would end the process, and every call with it.
            FlowLog.ReloadFailed(_logger, e);
        }
    }

    private void Watch()
    {
        try
        {
            _watcher = new FileSystemWatcher(_options.Folder);
            _watcher.Changed += (_, _) => Touch();
            _watcher.Created += (_, _) => Touch();
            _watcher.Deleted += (_, _) => Touch();
            _watcher.Renamed += (_, _) => Touch();
            // Too many changes at once: what they were is lost, that they were is enough.
            _watcher.Error += (_, _) => Touch();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            FlowLog.WatchFailed(_logger, Path.GetFullPath(_options.Folder), e.Message);
        }
    }

    private sealed record Snapshot(ImmutableDictionary<string, Entry> Entries);

    private sealed record Entry((long Length, DateTime Written) Stamp, LoadedFlow? Flow, IReadOnlyList<FlowProblem> Problems);
}
