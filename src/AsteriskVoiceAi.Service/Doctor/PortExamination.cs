using System.Net;
using System.Net.Sockets;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>Whether the service's ports are free, or its own.</summary>
internal sealed class PortExamination(VoiceAiOptions options, RunningService? running) : IExamination
{
    private const string Check = "ports";

    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Ports().Select(Examine), ExamineRtp()]);

    private IEnumerable<(string Name, string Key, string Address, int Port)> Ports()
    {
        yield return ("HTTP", "http.port", options.Http.Address, options.Http.Port);
        yield return ("FastAGI", "fastagi.port", options.FastAgi.Address, options.FastAgi.Port);
        yield return ("AudioSocket", "audiosocket.port", options.AudioSocket.Address, options.AudioSocket.Port);
        if (options.Ari is { Enabled: true, Media: { Websocket: WebSocketDirection.Listen, Transport: TransportChoice.Auto or TransportChoice.Websocket } media })
            yield return ("media WebSocket", "ari.media.listen-port", media.ListenAddress, media.ListenPort);
    }

    private Finding Examine((string Name, string Key, string Address, int Port) port)
    {
        var where = $"{port.Name} port {port.Address}:{port.Port}";
        if (TryBind(IPAddress.Parse(port.Address), port.Port, SocketType.Stream) is not { } refusal)
        {
            return running is null || port.Port == 0
                ? new(Check, FindingLevel.Ok, $"{where} is free.")
                : new(Check, FindingLevel.Warning, $"{where} is free, though the service runs.", "It was started with another configuration: restart it.");
        }
        if (refusal != SocketError.AddressAlreadyInUse)
            return new(Check, FindingLevel.Failure, $"{where} can't be opened: {refusal}.", $"Let {port.Key[..port.Key.LastIndexOf('.')]}'s address be one of this machine, and {port.Key} a port above 1023.");
        return running is not null
            ? new(Check, FindingLevel.Ok, $"{where} is held by the running service.")
            : new(Check, FindingLevel.Failure, $"{where} is taken by another program.", $"See which with: ss -ltnp 'sport = :{port.Port}'; stop it, or change {port.Key}.");
    }

    private Finding ExamineRtp()
    {
        var address = IPAddress.Parse(options.Rtp.Address);
        var first = options.Rtp.PortFirst + (options.Rtp.PortFirst & 1);
        var pairs = Enumerable.Range(0, Math.Max(0, (options.Rtp.PortLast - first + 1) / 2)).Select(pair => first + (2 * pair)).ToList();
        var free = pairs.Count(port => TryBind(address, port, SocketType.Dgram) is null && TryBind(address, port + 1, SocketType.Dgram) is null);
        var text = $"RTP: {free} of {pairs.Count} pairs of ports from {options.Rtp.PortFirst} to {options.Rtp.PortLast} are free.";
        return free >= Math.Min(pairs.Count, options.Calls.MaxCalls) / 2
            ? new(Check, FindingLevel.Ok, text)
            : new(Check, free > 0 ? FindingLevel.Warning : FindingLevel.Failure, text, "Widen rtp.port-first to rtp.port-last, or move them away from the ports of another program.");
    }

    /// <returns>Null = it is free.</returns>
    private static SocketError? TryBind(IPAddress address, int port, SocketType type)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, port));
            if (type == SocketType.Stream)
                socket.Listen(1);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
