using System.Net;
using System.Net.Sockets;
using System.Text;
using AsteriskVoiceAi.Tests.AudioSocket;

namespace AsteriskVoiceAi.Tests.FastAgi;

/// <summary>Asterisk's side of a FastAGI session: runs <c>AGI(agi://…)</c> on a channel that the test scripts.</summary>
internal sealed class FakeAsteriskAgi : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly NetworkStream _stream;
    private readonly byte[] _packet = new byte[16_384];
    private string _unread = "";

    private FakeAsteriskAgi(int port)
    {
        _client.Connect(IPAddress.Loopback, port);
        _stream = _client.GetStream();
    }

    /// <summary>Channel variables, and CONTEXT, EXTENSION, PRIORITY where they were set.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Command lines as they came.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>What the channel does while AudioSocket() runs: true = the caller is there after its end, false = the caller hung up.</summary>
    public Func<FakeAudioSocket, Task<bool>> OnAudio { get; set; } = static async audio =>
    {
        await audio.ReadToEndAsync();
        return true;
    };

    /// <summary>Runs before the channel connects to an AudioSocket server; when it is set, the connection is not made.</summary>
    public Func<Task>? OnAudioRequested { get; set; }

    /// <summary>Reply to a command, null = the usual one.</summary>
    public Func<string, string?> Reply { get; set; } = static _ => null;

    /// <summary>The channel has hung up: most commands are refused.</summary>
    public bool Dead { get; set; }

    /// <summary>Connects and sends the opening block.</summary>
    public static async Task<FakeAsteriskAgi> CallAsync(int port, string script, params string[] arguments)
    {
        var fake = new FakeAsteriskAgi(port);
        await fake.SendAsync(Opening(script, arguments));
        return fake;
    }

    /// <summary>Connects and says nothing.</summary>
    public static FakeAsteriskAgi Connect(int port) => new(port);

    public static string Opening(string script, params string[] arguments)
    {
        List<string> lines =
        [
            "network: yes",
            .. script.Length > 0 ? [$"network_script: {script}"] : Array.Empty<string>(),
            $"request: agi://127.0.0.1/{script}", "channel: PJSIP/caller-00000001", "language: en", "type: PJSIP", "uniqueid: 1795340802.1",
            "callerid: 5551234", "calleridname: unknown", "dnid: unknown", "context: default", "extension: 100", "priority: 3", "enhanced: 0.0", "accountcode: ",
            .. arguments.Select(static (value, i) => $"arg_{i + 1}: {value}"),
        ];
        return string.Concat(lines.Select(static l => $"agi_{l}\n")) + '\n';
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Serves commands until the server closes.</summary>
    /// <returns>AGISTATUS.</returns>
    public async Task<string> RunAsync()
    {
        var status = "SUCCESS";
        while (await ReadLineAsync() is { } line)
        {
            if (line.StartsWith("failure", StringComparison.OrdinalIgnoreCase))
            {
                status = "FAILURE";
                continue;
            }
            Commands.Add(line);
            await SendAsync((Reply(line) ?? await ExecuteAsync(AgiWords.Split(line))) + "\n");
        }
        return status;
    }

    /// <summary>Takes one line for each packet, as Asterisk does: of commands that come together only the first is run.</summary>
    public async Task<string?> ReadLineAsync()
    {
        while (true)
        {
            var n = 0;
            try
            {
                n = await _stream.ReadAsync(_packet).Soon("a command or the end of the session");
            }
            catch (IOException)
            {
                // Reset by the server: as good as closed.
            }
            if (n == 0)
                return null;
            _unread += Encoding.UTF8.GetString(_packet, 0, n);
            var end = _unread.IndexOf('\n', StringComparison.Ordinal);
            if (end < 0)
                continue;
            var line = _unread[..end];
            _unread = _unread[(end + 1)..];
            return line;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> ExecuteAsync(string[] words)
    {
        switch (words)
        {
            case ["SET", "VARIABLE", var name, var value]:
                Variables[name] = value;
                return "200 result=1";
            case ["GET", "VARIABLE", var name]:
                return Variables.TryGetValue(name, out var known) ? $"200 result=1 ({known})" : "200 result=0";
            case ["EXEC", "TryExec", var application]:
                return await TryExecAsync(application);
            case var _ when Dead:
                return "511 Command Not Permitted on a dead channel or intercept routine";
            case ["ANSWER"]:
                return "200 result=0";
            case ["CHANNEL", "STATUS"]:
                return "200 result=6";
            case ["HANGUP"]:
                Dead = true;
                return "200 result=1";
            case ["SET", ("CONTEXT" or "EXTENSION" or "PRIORITY") and var place, var value]:
                Variables[place] = value;
                return "200 result=0";
            default:
                return "510 Invalid or unknown command";
        }
    }

    private async Task<string> TryExecAsync(string application)
    {
        if (OnAudioRequested is not null)
        {
            await OnAudioRequested();
            Variables["TRYSTATUS"] = "FAILED";
            return "200 result=0";
        }
        // AudioSocket(uuid,host:port)
        var arguments = application["AudioSocket(".Length..^1].Split(',');
        using var audio = await FakeAudioSocket.ConnectAsync(IPEndPoint.Parse(arguments[1]));
        await audio.SendUuidAsync(Guid.ParseExact(arguments[0], "D"));
        if (await OnAudio(audio))
        {
            Variables["TRYSTATUS"] = "SUCCESS";
            return "200 result=0";
        }
        Dead = true;
        return "200 result=-1\nHANGUP";
    }
}
