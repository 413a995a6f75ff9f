using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Logs;

namespace AsteriskVoiceAi.Service.Reload;

/// <summary>
/// Reads the settings again and takes over what can change while calls run; says of the rest that it waits for a restart. Settings with a
/// mistake change nothing. Thread-safe.
/// </summary>
/// <param name="running">What the service runs with; its sections are the objects that everything reads from.</param>
internal sealed class LiveSettings(VoiceAiOptions running, ConfigurationFile file, LogLevels levels, ILogger<LiveSettings> log)
{
    private readonly Lock _gate = new();
    private VoiceAiOptions? _last;

    /// <returns>Whether anything was new, or wrong.</returns>
    public bool Reload()
    {
        lock (_gate)
        {
            var loaded = file.Read();
            foreach (var problem in loaded.Problems)
                log.Refused(problem.ToString());
            if (!loaded.IsValid)
            {
                log.KeptRunning(loaded.Source);
                return true;
            }
            var changes = SettingChange.Between(_last ?? running, loaded.Options);
            foreach (var change in changes)
                Take(change, loaded.Options);
            _last = loaded.Options;
            if (levels.Least != running.Log.Level)
                levels.Least = running.Log.Level;
            return changes.Count > 0;
        }
    }

    private void Take(SettingChange change, VoiceAiOptions wanted)
    {
        if (change.Key.IsReloaded)
        {
            SettingChange.Copy(change.Key, wanted, running);
            log.Applied(change.Key.Path, change.New, change.Old);
        }
        else if (SettingChange.Of(change.Key, running, wanted) is { } waiting)
        {
            if (change.Key.IsSecret)
                log.SecretNeedsRestart(change.Key.Path);
            else
                log.NeedsRestart(change.Key.Path, waiting.Old, waiting.New);
        }
        else
        {
            log.IsAsRunning(change.Key.Path);
        }
    }
}
