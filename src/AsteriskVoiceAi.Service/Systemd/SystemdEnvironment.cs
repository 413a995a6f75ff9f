using System.Globalization;

namespace AsteriskVoiceAi.Service.Systemd;

/// <summary>What systemd told the service of itself when it started it.</summary>
/// <param name="NotifySocket">Where it listens; null = nobody does.</param>
/// <param name="Watchdog">It ends a service that was silent for so long; null = it does not watch.</param>
internal sealed record SystemdEnvironment(string? NotifySocket, TimeSpan? Watchdog)
{
    public static SystemdEnvironment FromEnvironment() => From(Environment.GetEnvironmentVariable, Environment.ProcessId);

    /// <summary>WATCHDOG_PID names whom WATCHDOG_USEC (microseconds) is meant for: a child inherits both and must not feed it.</summary>
    internal static SystemdEnvironment From(Func<string, string?> variable, int processId)
    {
        var meant = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == processId.ToString(CultureInfo.InvariantCulture);
        var watched = long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0 && meant;
        return new(variable("NOTIFY_SOCKET") is { Length: > 0 } socket ? socket : null, watched ? TimeSpan.FromMicroseconds(microseconds) : null);
    }
}
