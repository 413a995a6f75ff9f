using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// One call's bridge, media channel and media socket. Opening is, with what runs side by side on one line:
/// <code>
/// codec of the caller | bridge
/// media channel (needs the codec)
/// open its socket | its StasisStart (comes because of the socket) | the bridge's answer
/// caller and media channel into the bridge (refused with 422 before that StasisStart)
/// </code>
/// Nothing of this ends with the caller, so disposing deletes whatever was begun.
/// </summary>
internal sealed class CallMedia(string call, string caller, StasisServices services) : IAsyncDisposable
{
    private readonly string _channel = services.Ids.Media(call);
    private readonly string _bridge = services.Ids.Bridge(call);
    private readonly TaskCompletionSource _inApp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MediaWebSocketLink? _link;
    private bool _bridgeBegun;
    private bool _channelBegun;
    private volatile bool _handedOver;

    public IAudioLink Audio => _link ?? throw new InvalidOperationException("The media is not open.");

    public string Channel => _channel;

    public string Codec { get; private set; } = "";

    /// <summary>Ends when no more audio will come.</summary>
    public Task Ended => _link?.Ended ?? Task.CompletedTask;

    /// <summary>Tells what happened to the media channel.</summary>
    public void On(ChannelEvent happened)
    {
        if (happened is StasisStart)
            _inApp.TrySetResult();
        else if (happened is ChannelDestroyed destroyed)
            _inApp.TrySetException(new MediaSocketException($"Asterisk ended the media channel: cause {destroyed.Cause} {destroyed.CauseTxt}"));
        _ = _inApp.Task.Exception;
    }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var bridge = CreateBridgeAsync(cancellationToken);
        try
        {
            var codec = await CallersCodecAsync(cancellationToken);
            Codec = codec.Name;
            var connection = await CreateChannelAsync(codec, cancellationToken);
            _link = await services.Sockets.OpenAsync(connection, codec, cancellationToken);
            services.Status.CountMediaSocket(1);
            await _inApp.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            // Awaited also after a failure, so that disposing deletes no bridge that is still being made.
            await bridge.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await bridge;
        await services.Rest.AddToBridgeAsync(_bridge, caller, _channel, cancellationToken);
    }

    /// <summary>Another instance has the call: from here on only our own end is closed, and nothing in Asterisk is touched.</summary>
    public void HandOver() => _handedOver = true;

    public async ValueTask DisposeAsync()
    {
        // Asterisk ends the media channel with its socket; the request is for a socket that never opened, or hangs.
        var channel = _channelBegun && !_handedOver ? DeleteAsync("media channel", _channel, services.Rest.HangUpAsync) : Task.CompletedTask;
        var bridge = _bridgeBegun && !_handedOver ? DeleteAsync("bridge", _bridge, services.Rest.DeleteBridgeAsync) : Task.CompletedTask;
        if (_link is not null)
        {
            await _link.DisposeAsync();
            services.Status.CountMediaSocket(-1);
        }
        await channel;
        await bridge;
        if (_channelBegun)
            services.Status.CountMediaChannel(-1);
        if (_bridgeBegun)
            services.Status.CountBridge(-1);
    }

    private async Task CreateBridgeAsync(CancellationToken cancellationToken)
    {
        _bridgeBegun = true;
        services.Status.CountBridge(1);
        await services.Rest.CreateBridgeAsync(_bridge, cancellationToken);
    }

    private async Task<MediaFormat> CallersCodecAsync(CancellationToken cancellationToken)
    {
        try
        {
            return MediaFormat.For(await services.Rest.GetVariableAsync(caller, "CHANNEL(audionativeformat)", cancellationToken));
        }
        catch (AriException e) when (e.Status is not null)
        {
            // Not every kind of channel can tell; if the caller is gone the next request says so.
            return MediaFormat.ULaw;
        }
    }

    private async Task<string> CreateChannelAsync(MediaFormat codec, CancellationToken cancellationToken)
    {
        _channelBegun = true;
        services.Status.CountMediaChannel(1);
        var channel = await services.Rest.CreateMediaChannelAsync(_channel, codec.Name, cancellationToken);
        return channel.ChannelVars?.GetValueOrDefault("MEDIA_WEBSOCKET_CONNECTION_ID")
            ?? throw new MediaSocketException("Asterisk made a media channel but named no MEDIA_WEBSOCKET_CONNECTION_ID.");
    }

    private async Task DeleteAsync(string what, string id, Func<string, CancellationToken, Task> delete)
    {
        try
        {
            // No token: this has to be tried also when the service stops; the client's time limit bounds it.
            await delete(id, CancellationToken.None);
        }
        catch (AriException e) when (e.IsGone)
        {
            // It ended by itself.
        }
        catch (AriException e)
        {
            services.Logger.CleanupFailed(what, id, e.Message);
        }
    }
}
