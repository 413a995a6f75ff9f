using System.Runtime.InteropServices;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Reload;

/// <summary>Reads the settings again when their file has changed, and on SIGHUP.</summary>
internal sealed class SettingsReload : IHostedService, IDisposable
{
    /// <summary>Editors write a file in two or three steps.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly LiveSettings _settings;
    private readonly ConfigurationFile _file;
    private readonly ILogger _log;
    private readonly ITimer _quiet;
    private PosixSignalRegistration? _hangUp;
    private FileSystemWatcher? _watcher;

    public SettingsReload(LiveSettings settings, ConfigurationFile file, TimeProvider time, ILogger<LiveSettings> log)
    {
        (_settings, _file, _log) = (settings, file, log);
        _quiet = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Without this SIGHUP would end the process.
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            if (!Reload())
                _log.NothingNew(_file.Path ?? "the environment");
        });
        if (_file.Path is { } path)
            Watch(Path.GetFullPath(path));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _hangUp?.Dispose();
        _watcher?.Dispose();
        _quiet.Dispose();
    }

    private bool Reload()
    {
        try
        {
            return _settings.Reload();
        }
        catch (Exception e)
        {
            // On a signal's or a timer's thread it would end the process, and every call with it.
            _log.Broken(e);
            return true;
        }
    }

    /// <summary>Its folder: editors put another file in the place of the old, and container platforms another folder of files, by a link "..data".</summary>
    private void Watch(string path)
    {
        var name = Path.GetFileName(path);
        void Look(string? changed)
        {
            if (changed == name || changed?.StartsWith("..", StringComparison.Ordinal) == true)
                Touch();
        }
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!);
            _watcher.Changed += (_, change) => Look(change.Name);
            _watcher.Created += (_, change) => Look(change.Name);
            _watcher.Renamed += (_, change) => Look(change.Name);
            _watcher.Error += (_, _) => Touch();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            _log.WatchFailed(path, e.Message);
        }
    }

    private void Touch()
    {
        try
        {
            _quiet.Change(Quiet, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // A last change while the service stops.
        }
    }
}
