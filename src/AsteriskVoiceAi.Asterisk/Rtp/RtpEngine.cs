using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>RTP for many calls on few threads. Takes ports out of a range and serves the links that are opened on them. Thread-safe.</summary>
internal sealed class RtpEngine : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<int> _free;
    private readonly RtpLinkServices _services;
    private readonly IPAddress _address;
    private readonly int _pairs;
    private RtpLoop[] _loops = [];
    private bool _disposed;

    public RtpEngine(IOptions<RtpOptions> options, RtpStatus status, TimeProvider time, ILogger<RtpEngine> logger)
    {
        var settings = options.Value;
        _services = new RtpLinkServices($"voiceai-{RandomNumberGenerator.GetHexString(8, lowercase: true)}", settings, status, time, logger);
        _address = IPAddress.Parse(settings.Address);
        var first = settings.PortFirst + (settings.PortFirst & 1);
        _pairs = Math.Max(0, (settings.PortLast - first + 1) / 2);
        // In turn, so that a port rests as long as possible: what is still on its way to an ended call must not reach the next.
        _free = new(Enumerable.Range(0, _pairs).Select(pair => first + (2 * pair)));
    }

    /// <summary>Binds a pair of ports.</summary>
    /// <exception cref="RtpException">None is left, or the address is not this machine's; says what to change.</exception>
    public RtpPort Reserve()
    {
        for (var tries = FreePairs(); tries > 0; tries--)
        {
            int port;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (!_free.TryDequeue(out port))
                    break;
            }
            if (TryBind(port) is { } reserved)
                return reserved;
            lock (_gate)
                _free.Enqueue(port);
        }
        var inUse = _services.Status.Ports;
        throw new RtpException($"All {_pairs} pairs of RTP ports ({_services.Options.PortFirst} to {_services.Options.PortLast} on {_address}) are in use: {inUse} by calls, the others by other programs. Widen rtp.port-first and rtp.port-last, or lower calls.max-calls.");
    }

    /// <summary>Ends all links.</summary>
    public async ValueTask DisposeAsync()
    {
        RtpLoop[] loops;
        lock (_gate)
        {
            _disposed = true;
            (loops, _loops) = (_loops, []);
        }
        foreach (var loop in loops)
            await loop.DisposeAsync();
    }

    /// <summary>Ends when every thread has gone round once; never, when one hangs or is gone.</summary>
    internal async Task BeatAsync()
    {
        RtpLoop[] loops;
        lock (_gate)
            loops = _loops;
        await Task.WhenAll(loops.Select(static loop => loop.BeatAsync()));
    }

    /// <summary>Called by a port that is opened.</summary>
    internal RtpLink Start(RtpPort port, IPEndPoint asterisk, MediaFormat format, RtpStreamState stream)
    {
        var loop = LeastLoaded();
        var link = new RtpLink(port, loop, asterisk, format, stream, _services, RtpLinkServices.Now);
        _services.Status.LinkStarted();
        _services.Logger.Started(port.LocalEndPoint, format.Name, asterisk);
        _ = loop.AddAsync(link);
        return link;
    }

    /// <summary>Called by a port that is done with.</summary>
    internal void Free(RtpPort port)
    {
        port.Rtp.Dispose();
        port.Rtcp.Dispose();
        lock (_gate)
            _free.Enqueue(port.LocalEndPoint.Port);
        _services.Status.PortFreed();
    }

    private int FreePairs()
    {
        lock (_gate)
            return _free.Count;
    }

    /// <returns>Null = another program has one of the two.</returns>
    private RtpPort? TryBind(int port)
    {
        DatagramSocket? rtp = null;
        try
        {
            rtp = DatagramSocket.Bind(_address, port, tellRefusals: true);
            // Asterisk's RTCP port is closed as a rule, and to be told so every few seconds helps nobody.
            var rtcp = DatagramSocket.Bind(_address, port + 1, tellRefusals: false);
            _services.Status.PortTaken();
            var host = string.IsNullOrEmpty(_services.Options.Advertise) ? _address.ToString() : _services.Options.Advertise;
            return new RtpPort(this, rtp, rtcp, host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}");
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            rtp?.Dispose();
            return null;
        }
        catch (SocketException refused)
        {
            rtp?.Dispose();
            lock (_gate)
                _free.Enqueue(port);
            throw new RtpException($"UDP port {port} on {_address} can't be bound: {refused.Message}. {(DescriptorRoom.IsExhausted(refused) ? "Raise LimitNOFILE" : "rtp.address must be an address of this machine")}.", refused);
        }
    }

    /// <summary>The threads start with the first call: a service without RTP calls has none.</summary>
    private RtpLoop LeastLoaded()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_loops.Length == 0)
                _loops = [.. Enumerable.Range(1, Math.Min(_services.Options.Loops, Environment.ProcessorCount)).Select(n => new RtpLoop(n, _services.Logger))];
            return _loops.MinBy(static loop => loop.Load)!;
        }
    }
}
