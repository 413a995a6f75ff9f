using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>An address and port in the form that system calls take, so that comparing and using it allocates nothing.</summary>
internal sealed class PeerAddress
{
    /// <summary>Room for either family: sockaddr_in6.</summary>
    public const int Bytes = 28;

    // sockaddr_in: family, port (2..4), address (4..8). sockaddr_in6: family, port (2..4), flow, address (8..24), scope.
    private readonly byte[] _system;
    private readonly Range _host;

    public PeerAddress(IPEndPoint endPoint)
    {
        EndPoint = endPoint;
        var serialized = endPoint.Serialize();
        _system = serialized.Buffer.Span[..serialized.Size].ToArray();
        _host = endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? 8..24 : 4..8;
    }

    public IPEndPoint EndPoint { get; }

    public ReadOnlySpan<byte> System => _system;

    public bool IsSame(ReadOnlySpan<byte> other) => IsSameHost(other) && other[2..4].SequenceEqual(_system.AsSpan(2, 2));

    /// <summary>Whether the address is the same, on whatever port.</summary>
    public bool IsSameFamily(ReadOnlySpan<byte> other) => other[..2].SequenceEqual(_system.AsSpan(0, 2));

    public bool IsSameHost(ReadOnlySpan<byte> other) => IsSameFamily(other) && other[_host].SequenceEqual(_system.AsSpan()[_host]);

    /// <summary>This address with the port that <paramref name="other"/> has.</summary>
    public PeerAddress WithPortOf(ReadOnlySpan<byte> other) => new(new IPEndPoint(EndPoint.Address, (other[2] << 8) | other[3]));

    /// <param name="system">An address of this one's family.</param>
    public IPEndPoint Read(ReadOnlySpan<byte> system) => new(new IPAddress(system[_host]), (system[2] << 8) | system[3]);
}
