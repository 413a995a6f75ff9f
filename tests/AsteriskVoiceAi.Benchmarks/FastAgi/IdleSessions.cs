using System.Net;

namespace AsteriskVoiceAi.Benchmarks.FastAgi;

/// <summary>Sessions that wait: the service has sent its first command and has no reply yet.</summary>
internal sealed class IdleSessions(IPEndPoint server) : IDisposable
{
    private static readonly byte[] Opening = AgiPeer.Opening("say", "Good morning", "en");

    private readonly List<AgiPeer> _peers = [];

    public async Task GrowToAsync(int count)
    {
        while (_peers.Count < count)
        {
            var peer = new AgiPeer(server);
            _peers.Add(peer);
            await peer.ConnectAsync(Opening);
            if (await peer.ReadAsync() == 0)
                throw new InvalidOperationException($"Session {_peers.Count} was closed at once.");
        }
    }

    public void Dispose()
    {
        foreach (var peer in _peers)
            peer.Dispose();
        _peers.Clear();
    }
}
