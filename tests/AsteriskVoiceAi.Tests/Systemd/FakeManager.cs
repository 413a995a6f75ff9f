using System.Net.Sockets;
using System.Text;
using AsteriskVoiceAi.TestSupport;

namespace AsteriskVoiceAi.Tests.Systemd;

/// <summary>systemd's end of the notify socket: a real Unix datagram socket that keeps what it is told.</summary>
internal sealed class FakeManager : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-notify-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Waits _waits;

    public FakeManager(bool abstractName = false)
    {
        var path = Path.Combine(_folder.FullName, "notify");
        Address = abstractName ? "@" + path : path;
        _socket.Bind(new UnixDomainSocketEndPoint(abstractName ? "\0" + path : path));
        _waits = new(() => $"Told so far:\n  {string.Join("\n  ", Lines)}");
        _ = ReadAsync();
    }

    /// <summary>For NOTIFY_SOCKET.</summary>
    public string Address { get; }

    /// <summary>Every line of every datagram, in order.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public int Count(string line) => Lines.Count(told => told == line);

    public Task UntilAsync(string what, Func<IReadOnlyList<string>, bool> told, int seconds = 30) => _waits.UntilAsync(what, () => told(Lines), TimeSpan.FromSeconds(seconds));

    public Task UntilToldAsync(string line) => UntilAsync(line, lines => lines.Contains(line));

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ReadAsync()
    {
        var datagram = new byte[4096];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(datagram);
                lock (_gate)
                    _lines.AddRange(Encoding.UTF8.GetString(datagram, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries));
                _waits.Pulse();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
