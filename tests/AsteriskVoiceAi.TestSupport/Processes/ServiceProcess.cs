using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>The product as a child process, on ports of its own.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly string _program;
    private readonly string[] _arguments;
    private readonly Dictionary<string, string> _environment;
    private readonly DirectoryInfo _own = Directory.CreateTempSubdirectory("voiceai-service-");
    private ChildProcess? _process;

    private ServiceProcess(string program, string[] arguments, Dictionary<string, string> environment, int httpPort)
    {
        _program = program;
        environment.TryAdd("VOICEAI__RECORDS__DATABASE", Path.Combine(_own.FullName, "calls.db"));
        _arguments = arguments;
        _environment = environment;
        Http = new($"http://127.0.0.1:{httpPort}/");
        _http = new() { BaseAddress = Http, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>Health, status, dashboard.</summary>
    public Uri Http { get; }

    /// <summary>Of the process that runs.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException("The service does not run.");

    public IReadOnlyList<string> Lines => _process?.Lines ?? [];

    /// <summary>voiceai.dll of the build that runs now (Debug or Release).</summary>
    public static string Program
    {
        get
        {
            // …/bin/Debug/net10.0/ of the test project names the same two folders of the service.
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Repository.PathOf("src", "AsteriskVoiceAi.Service", "bin", output.Parent!.Name, output.Name, "voiceai.dll");
        }
    }

    /// <summary>Starts the service, and returns when it says that it is ready.</summary>
    /// <param name="configuration">Its voiceai.yaml.</param>
    /// <param name="settings">More settings as in the environment: "VOICEAI__FASTAGI__PORT" or, shorter, "FASTAGI__PORT".</param>
    /// <param name="program">A program that was published; null = the build that runs now.</param>
    public static async Task<ServiceProcess> StartAsync(string configuration, IReadOnlyDictionary<string, string>? settings = null, TimeSpan? readyWithin = null, string? program = null)
    {
        var port = FreePorts.Tcp();
        var environment = new Dictionary<string, string> { ["VOICEAI__HTTP__PORT"] = port.ToString(CultureInfo.InvariantCulture), ["DOTNET_NOLOGO"] = "1" };
        // Not auto: timing every installed model would cost each start some seconds, and the tests' words the certainty of who hears them.
        environment["VOICEAI__SPEECH__RECOGNIZERS"] = "moonshine-base,moonshine-tiny";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            environment[name.StartsWith("VOICEAI__", StringComparison.OrdinalIgnoreCase) ? name : "VOICEAI__" + name] = value;
        if (environment.TryGetValue("VOICEAI__HTTP__PORT", out var chosen))
            port = int.Parse(chosen, CultureInfo.InvariantCulture);
        var service = new ServiceProcess(program ?? "dotnet", [.. program is null ? [Program] : Array.Empty<string>(), "serve", "--config", configuration], environment, port);
        try
        {
            await service.StartAgainAsync(readyWithin);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it once more after <see cref="StopAsync"/> or <see cref="KillAsync"/>, on the same ports.</summary>
    public async Task StartAgainAsync(TimeSpan? readyWithin = null)
    {
        if (_process is not null)
            throw new InvalidOperationException("The service runs already.");
        _process = ChildProcess.Start("voiceai", _program, _arguments, _environment);
        await WaitForReadyAsync(readyWithin ?? TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits until /health/ready says yes.</summary>
    public async Task WaitForReadyAsync(TimeSpan within)
    {
        var deadline = Moment.Now + within;
        var last = "no answer";
        while (Moment.Now < deadline)
        {
            if (_process is null || _process.Exited.IsCompleted)
                throw new InvalidOperationException($"The service ended before it was ready.\n{this}");
            try
            {
                using var response = await _http.GetAsync(new Uri("health/ready", UriKind.Relative));
                if (response.StatusCode == HttpStatusCode.OK)
                    return;
                last = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                last = e.Message;
            }
            await Task.WhenAny(_process.Exited, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        }
        throw new TimeoutException($"/health/ready did not say yes within {within.TotalSeconds:0.#} s; its last answer: {last}.\n{this}");
    }

    /// <summary>Runs <c>voiceai VERB</c> with the service's own settings.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> CommandAsync(params string[] arguments) =>
        ChildProcess.RunAsync("voiceai", "dotnet", [Program, .. arguments, .. _arguments[^2..]], _environment, TimeSpan.FromSeconds(60));

    /// <summary>GET /status.</summary>
    public async Task<JsonElement> StatusAsync() => await _http.GetFromJsonAsync<JsonElement>(new Uri("status", UriKind.Relative));

    /// <summary>GET of any path, as text.</summary>
    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Waits for a line of its log.</summary>
    public Task<string> WaitForLineAsync(string pattern, TimeSpan within) =>
        (_process ?? throw new InvalidOperationException("The service does not run.")).WaitForLineAsync(pattern, within);

    /// <summary>SIGTERM; the running calls finish first, within the service's own limit.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan? within = null)
    {
        if (_process is not { } process)
            return 0;
        var code = await process.StopAsync(within ?? TimeSpan.FromSeconds(30));
        await process.DisposeAsync();
        _process = null;
        return code;
    }

    /// <summary>SIGKILL, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        await process.DisposeAsync();
        _process = null;
    }

    /// <summary>Sends a signal such as "STOP" (hangs) and "CONT" (goes on).</summary>
    public Task SignalAsync(string signal) => _process?.SignalAsync(signal) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        _own.Delete(recursive: true);
    }

    public override string ToString() => _process?.ToString() ?? "The service does not run.";
}
