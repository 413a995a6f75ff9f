using System.Globalization;
using System.Net;
using System.Text.Json;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>The service with this configuration, found by its own HTTP port.</summary>
/// <param name="Status">As <c>/health/ready</c> says it.</param>
/// <param name="Reasons">Why it is not ready.</param>
internal sealed record RunningService(string Status, IReadOnlyList<string> Reasons)
{
    private static readonly string[] Statuses = ["ready", "standby", "not-ready"];

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public bool IsReady => Reasons.Count == 0;

    /// <returns>Null = it does not run, or another program answers on its port.</returns>
    public static async Task<RunningService?> FindAsync(HttpOptions options, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(options.Address);
        var reached = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = Longest };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://{new IPEndPoint(reached, options.Port)}/health/ready"), cancellationToken);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return json.RootElement.GetProperty("status").GetString() is { } status && Statuses.Contains(status)
                ? new(status, [.. json.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString() ?? "")])
                : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Its process, where this user may see it.</summary>
    public static int? FindProcess() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (int?)null)
        .FirstOrDefault(id => id is { } process && process != Environment.ProcessId && IsService(process));

    private static bool IsService(int process)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
            return words.Contains("serve") && words.Any(word => Path.GetFileName(word) is "voiceai" or "voiceai.dll");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
