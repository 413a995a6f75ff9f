using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>What a test wants of its Asterisk.</summary>
public sealed record AsteriskOptions
{
    /// <summary>Where calls to the service go: its FastAGI port.</summary>
    public int AgiPort { get; init; } = 4573;

    /// <summary>Contexts added to the project's dialplan. An endpoint enters at [default], which may be named once more with extensions of its own.</summary>
    public string Dialplan { get; init; } = "";

    /// <summary>More of pjsip.conf.</summary>
    public string Endpoints { get; init; } = "";

    /// <summary>More of websocket_client.conf: connections that Asterisk opens.</summary>
    public string WebSocketClients { get; init; } = "";

    /// <summary>Which scripts; another checkout's may be tried.</summary>
    public string Script { get; init; } = Repository.PathOf("scripts", "asterisk.sh");

    public TimeSpan StartWithin { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>A real Asterisk with the project's own configuration, on ports of its own, in a folder that is deleted at the end.</summary>
public sealed class AsteriskProcess : IAsyncDisposable
{
    private readonly AsteriskOptions _options;
    private ChildProcess? _process;

    private AsteriskProcess(AsteriskOptions options, string folder)
    {
        _options = options;
        Folder = folder;
    }

    /// <summary>The instance's folder, with etc, log, spool.</summary>
    public string Folder { get; }

    public int SipPort { get; private set; }

    public int HttpPort { get; private set; }

    public (int First, int Last) RtpPorts { get; private set; }

    public IPEndPoint Sip => new(IPAddress.Loopback, SipPort);

    public Uri Ari => new($"http://127.0.0.1:{HttpPort}/ari/");

    /// <summary>User "voiceai" of ARI.</summary>
    public string AriPassword { get; private set; } = "";

    /// <summary>Whether the Asterisk of the scripts is there at all; if not, a test at a desk is skipped with this sentence.</summary>
    public static async Task<string?> WhyMissingAsync()
    {
        var script = Repository.PathOf("scripts", "asterisk.sh");
        if (!File.Exists(script))
            return $"There is no {script}.";
        var folder = NewFolder();
        try
        {
            await ChildProcess.RunAsync("asterisk.sh render", script, ["render", "--dir", folder]);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Starts one, and returns when it takes calls.</summary>
    public static async Task<AsteriskProcess> StartAsync(AsteriskOptions? options = null)
    {
        var asterisk = new AsteriskProcess(options ?? new(), NewFolder());
        Directory.CreateDirectory(Path.Combine(asterisk.Folder, "etc"));
        if (asterisk._options.Dialplan.Length > 0)
            await File.WriteAllTextAsync(Path.Combine(asterisk.Folder, "etc", "extensions_local.conf"), asterisk._options.Dialplan);
        if (asterisk._options.Endpoints.Length > 0)
            await File.WriteAllTextAsync(Path.Combine(asterisk.Folder, "etc", "pjsip_local.conf"), asterisk._options.Endpoints);
        if (asterisk._options.WebSocketClients.Length > 0)
            await File.WriteAllTextAsync(Path.Combine(asterisk.Folder, "etc", "websocket_client_local.conf"), asterisk._options.WebSocketClients);
        try
        {
            // A port that was free a moment ago may be taken by now: twice more with others.
            for (var attempt = 1; ; attempt++)
            {
                asterisk.ChoosePorts();
                try
                {
                    await asterisk.LaunchAsync();
                    return asterisk;
                }
                catch (InvalidOperationException) when (attempt < 3)
                {
                    await asterisk._process!.DisposeAsync();
                }
            }
        }
        catch
        {
            await asterisk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of Asterisk's command line.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> CliAsync(string command) =>
        ChildProcess.RunAsync("asterisk.sh rx", _options.Script, ["rx", "--dir", Folder, command]);

    public async Task<int> CountChannelsAsync() => Count(await CliAsync("core show channels count"), @"(\d+) active channels?");

    public async Task<int> CountBridgesAsync()
    {
        // A title, then a line for each.
        var lines = (await CliAsync("bridge show all")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Count(line => !line.StartsWith("Bridge-ID", StringComparison.Ordinal) && !line.StartsWith("Asterisk", StringComparison.Ordinal));
    }

    /// <summary>Waits until Asterisk has neither channels nor bridges, which is what every test leaves behind.</summary>
    public async Task WaitForNothingLeftAsync(TimeSpan within)
    {
        var deadline = Moment.Now + within;
        while (true)
        {
            var (channels, bridges) = (await CountChannelsAsync(), await CountBridgesAsync());
            if (channels == 0 && bridges == 0)
                return;
            if (Moment.Now > deadline)
                throw new TimeoutException($"The end of all channels and bridges did not come within {within.TotalSeconds:0.#} s: {channels} channels and {bridges} bridges are left.\n{await CliAsync("core show channels verbose")}\n{this}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Lines of Asterisk's own log.</summary>
    public IReadOnlyList<string> Log()
    {
        var file = Path.Combine(Folder, "log", "messages");
        if (!File.Exists(file))
            return [];
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Stops it; calls that are up end.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        await _process.StopAsync(TimeSpan.FromSeconds(20));
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Starts it again with the same ports and folder.</summary>
    public Task StartAgainAsync() => LaunchAsync();

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Asks for nothing: SIGKILL to all of it, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    public override string ToString()
    {
        var log = Log();
        return $"Asterisk (sip {SipPort}, http {HttpPort}, rtp {RtpPorts.First} to {RtpPorts.Last}); {_process?.ToString() ?? "stopped"}\nIts log's last lines:\n  {string.Join("\n  ", log.Skip(Math.Max(0, log.Count - 30)))}";
    }

    // Asterisk's control socket lies in it, and a socket's path is short: so not below the test's own folder.
    private static string NewFolder() => Directory.CreateTempSubdirectory("voiceai-asterisk-").FullName;

    private static int Count(string text, string pattern)
    {
        var match = Regex.Match(text, pattern, RegexOptions.CultureInvariant);
        return match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"Asterisk answered:\n{text}");
    }

    private void ChoosePorts()
    {
        SipPort = FreePorts.Udp();
        HttpPort = FreePorts.Tcp();
        RtpPorts = FreePorts.UdpRange();
    }

    private async Task LaunchAsync()
    {
        string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
        _process = ChildProcess.Start("Asterisk", _options.Script,
        [
            "run", "--dir", Folder, "--sip-port", Text(SipPort), "--http-port", Text(HttpPort),
            "--rtp-start", Text(RtpPorts.First), "--rtp-end", Text(RtpPorts.Last), "--agi-port", Text(_options.AgiPort),
        ]);
        await _process.WaitForLineAsync("^ready", _options.StartWithin);
        AriPassword = (await File.ReadAllTextAsync(Path.Combine(Folder, "ari-password"))).Trim();
    }
}
