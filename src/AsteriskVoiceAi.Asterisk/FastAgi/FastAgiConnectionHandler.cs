using System.Net;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>One FastAGI connection: opening block, then one call.</summary>
internal sealed class FastAgiConnectionHandler(
    ICallHandler handler,
    AudioSocketRendezvous rendezvous,
    AudioSocketEndpoint audioEndpoint,
    MediaStatus media,
    MediaMetrics metrics,
    FrameClock clock,
    ConnectionDeadlines deadlines,
    FastAgiStatus status,
    FastAgiPulse pulse,
    IOptions<FastAgiOptions> options,
    IOptions<AudioSocketOptions> audioOptions,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<FastAgiConnectionHandler> logger,
    PhoneLines? phones = null) : ConnectionHandler
{
    private readonly FastAgiOptions _options = options.Value;
    private readonly AgiServices _services = new(handler, rendezvous, media, phones, metrics, clock, audioOptions.Value.ConnectDeadline, time, logger);
    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedPeers.Select(static p => FastAgiOptions.TryParsePeer(p, out var network) ? network : throw new FormatException(p))];

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (pulse.IsOwn(connection.RemoteEndPoint))
            return;
        using var deadline = deadlines.Watch(() => connection.Abort(new ConnectionAbortedException("deadline passed")));
        var open = status.ConnectionOpened();
        try
        {
            if (!Admits(connection, open))
            {
                status.BrokenOne();
                connection.Abort(new ConnectionAbortedException("refused"));
                return;
            }
            deadline.Set(_options.HandshakeDeadline);
            var lines = new AgiLineReader(connection.Transport.Input, _options.MaxLineBytes);
            if (await AgiRequest.ReadAsync(lines, _options) is not { } request)
            {
                logger.LeftSilently(connection.RemoteEndPoint);
                return;
            }
            deadline.Clear();
            await ServeAsync(connection, request, new AgiSession(lines, connection.Transport.Output, deadline, _options.IdleDeadline), open);
        }
        catch (AgiException lost) when (lost.Fault == AgiFault.Lost && !deadline.Expired)
        {
            // Scanners and health probes end so, with a reset or in the middle of a line; there is no call yet.
            logger.LeftSilently(connection.RemoteEndPoint);
        }
        catch (AgiException broken)
        {
            status.BrokenOne();
            logger.Broken(connection.RemoteEndPoint, deadline.Expired ? $"its opening block was not whole after {_options.HandshakeDeadline.TotalSeconds:0} s" : broken.Message);
            connection.Abort(new ConnectionAbortedException(broken.Message));
        }
        finally
        {
            status.ConnectionClosed();
        }
    }

    private bool Admits(ConnectionContext connection, int open)
    {
        if (open > 2 * _options.MaxConnections)
        {
            logger.Flooded(connection.RemoteEndPoint, open);
            return false;
        }
        if (_allowed.Length == 0 || connection.RemoteEndPoint is not IPEndPoint peer)
            return true;
        var address = peer.Address.IsIPv4MappedToIPv6 ? peer.Address.MapToIPv4() : peer.Address;
        if (Array.Exists(_allowed, network => network.Contains(address)))
            return true;
        logger.PeerNotAllowed(connection.RemoteEndPoint);
        return false;
    }

    private async Task ServeAsync(ConnectionContext connection, AgiRequest request, AgiSession session, int open)
    {
        var channel = CallVariables.OneLine(request["channel"]);
        var path = CallVariables.OneLine(request.Path);
        var name = "agi:" + path;
        try
        {
            if (AgiEntry.From(request) is not { } entry)
            {
                logger.UnknownPath(channel, path, AgiEntry.KnownPaths);
                await session.FailAsync("unknown path");
                return;
            }
            if (entry.Problems.Count > 0)
                logger.OptionProblems(channel, name, CallVariables.OneLine(string.Join("; ", entry.Problems)));
            await RunAsync(connection, request, session, entry, channel, name, open);
        }
        catch (AgiException lost)
        {
            logger.SessionLost(channel, name, connection.RemoteEndPoint, lost.Message);
            if (lost.Fault != AgiFault.Lost)
            {
                status.BrokenOne();
                connection.Abort(new ConnectionAbortedException(lost.Message));
            }
        }
    }

    private string? Refusal(IncomingCall call, int open)
    {
        if (open <= _options.MaxConnections)
            return handler.Refusal(call, lifetime.ApplicationStopping);
        logger.Refused(call.Channel, call.Entry, Reasons.OverCapacity, open, _options.MaxConnections);
        return Reasons.OverCapacity;
    }

    private async Task RunAsync(ConnectionContext connection, AgiRequest request, AgiSession session, AgiEntry entry, string channel, string name, int open)
    {
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        var incoming = new IncomingCall(
            uuid.ToString("N"),
            name,
            channel,
            request["callerid"],
            request["dnid"] is { Length: > 0 } dialed ? dialed : request["extension"],
            entry.Language,
            entry.Request ?? new CallRequest.Ask(""))
        {
            // What Asterisk says at once: the linkedid of any call that no other channel began.
            LinkedId = CallVariables.OneLine(request["uniqueid"]),
        };
        var call = new AgiCall(session, incoming, request["uniqueid"], uuid, entry.Request, entry.DropIn, audioEndpoint.For(connection.LocalEndPoint), _services);
        using var scope = CallLogScope.Begin(logger, incoming.Id);
        if (Refusal(incoming, open) is { } reason)
        {
            status.RefusedOne();
            await call.RefuseAsync(reason);
            return;
        }
        status.CallStarted();
        var started = time.GetTimestamp();
        try
        {
            logger.Began(channel, name);
            var outcome = await call.RunAsync(lifetime.ApplicationStopping);
            logger.Ended(channel, name, time.GetElapsedTime(started).TotalSeconds, CallVariables.Word(outcome.Result), outcome.Reason);
        }
        finally
        {
            status.CallEnded();
        }
    }
}
