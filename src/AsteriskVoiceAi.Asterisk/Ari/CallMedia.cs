using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// One call's bridge and audio. Opening is, with what runs side by side on one line:
/// <code>
/// codec of the caller | bridge
/// media channel (needs the codec): asked for, its link opened, its StasisStart seen | the bridge's answer
/// caller and media channel into the bridge
/// </code>
/// A transport that cannot be opened gives way to the next; a link that does not carry, or dies, is made anew once while
/// the call goes on. Nothing of this ends with the caller, so disposing deletes whatever was begun.
/// </summary>
internal sealed class CallMedia(string call, string caller, StasisServices services) : IAsyncDisposable
{
    /// <summary>Audio that has flowed for so long before it was lost had nothing wrong with it: it may be made anew again.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(1);

    /// <summary>Events come milliseconds after what requests show already.</summary>
    private static readonly TimeSpan EventsBehind = TimeSpan.FromSeconds(2);

    private readonly string _bridge = services.Ids.Bridge(call);
    private readonly CancellationTokenSource _over = new();
    private readonly LinkTally _tally = new();
    private Task _watching = Task.CompletedTask;
    private MediaFormat _callers = MediaFormat.ULaw;
    private IMediaTransport? _transport;
    private CallAudio? _audio;
    private volatile MediaChannel? _channel;
    private int _channelsMade;
    private bool _bridgeBegun;
    private volatile bool _handedOver;

    /// <summary>A key that the media carried. Raised on a link's own loop: must not block.</summary>
    public event Action<char, KeySource>? KeyPressed;

    public IAudioLink Audio => _audio ?? throw new InvalidOperationException("The media is not open.");

    /// <summary>How all of the call's links have fared; null = there is none.</summary>
    public AudioReport? Report => _tally.Report;

    /// <summary>Transport and codec in use, e.g. <c>rtp ulaw</c>.</summary>
    public string Description => _channel is { } channel ? $"{MediaPlan.Name(channel.Link.Transport)} {channel.Link.Format.Name}" : "";

    /// <summary>Ends when no more audio will come.</summary>
    public Task Ended => _audio?.Ended ?? Task.CompletedTask;

    /// <summary>Tells what happened to one of the call's media channels.</summary>
    public void On(ChannelEvent happened)
    {
        if (_channel is { } channel && channel.Id == happened.Channel.Id)
            channel.On(happened);
    }

    /// <exception cref="MediaException">No transport can be used, or none could be opened.</exception>
    /// <exception cref="AriException">Asterisk refused.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var bridge = CreateBridgeAsync(cancellationToken);
        try
        {
            _callers = await CallersCodecAsync(cancellationToken);
            await OpenChannelAsync(services.Media.Plan.Transports, null, services.Options.MediaTimeout, cancellationToken);
        }
        finally
        {
            // Awaited also after a failure, so that disposing deletes no bridge that is still being made.
            await bridge.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await bridge;
        var link = _channel!.Link;
        _audio = new CallAudio(link, services.Clock);
        await services.Rest.AddToBridgeAsync(_bridge, [caller, _channel.Id], cancellationToken);
        _watching = WatchAsync(_over.Token);
    }

    /// <summary>Another instance has the call: from here on only our own end is closed, and nothing in Asterisk is touched.</summary>
    public void HandOver()
    {
        _handedOver = true;
        _ = _over.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        _audio?.Close();
        // The link first, also before the bridge: whatever Asterisk does with a channel waits while an AudioSocket channel spins on an idle socket.
        if (_channel is { } channel)
        {
            if (_handedOver)
                channel.HandOver();
            await channel.DisposeAsync();
        }
        if (_bridgeBegun)
        {
            if (!_handedOver)
                await services.DeleteAsync("bridge", _bridge, services.Rest.DeleteBridgeAsync);
            services.Status.CountBridge(-1);
        }
        _over.Dispose();
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

    /// <summary>Opens the first transport of these that can be opened.</summary>
    /// <param name="limit">For all of them together.</param>
    private async Task OpenChannelAsync(IReadOnlyList<IMediaTransport> transports, IMediaLink? former, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (transports.Count == 0)
            throw new MediaException(services.Media.Plan.Reason);
        for (var i = 0; ; i++)
        {
            var last = i == transports.Count - 1;
            // Half of what is left for each but the last, which has the caller's own limit.
            limit /= 2;
            using var time = new CancellationTokenSource(last ? Timeout.InfiniteTimeSpan : limit, services.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
            try
            {
                await OpenChannelAsync(transports[i], former, either.Token);
                return;
            }
            // Another transport needs as many descriptors, and the caller's plan B is not to wait for one.
            catch (Exception e) when (!last && !DescriptorRoom.IsExhausted(e) && !cancellationToken.IsCancellationRequested && e is MediaException or AriException or OperationCanceledException)
            {
                var why = e is OperationCanceledException ? $"not open within {limit.TotalSeconds:0.#} s" : e.Message;
                services.Media.Status.CountFault(MediaFault.NotOpened);
                services.Logger.TransportFailed(MediaPlan.Name(transports[i]), MediaFault.NotOpened, why, MediaPlan.Name(transports[i + 1]));
                await DisposeChannelAsync();
            }
        }
    }

    private async Task OpenChannelAsync(IMediaTransport transport, IMediaLink? former, CancellationToken cancellationToken)
    {
        var format = services.Media.FormatFor(transport, _callers);
        var channel = new MediaChannel(services.Ids.Media(call, ++_channelsMade), services);
        _channel = channel;
        _transport = transport;
        await channel.OpenAsync(transport, format, former, cancellationToken);
        _tally.Follow(channel.Link);
        var source = Source(channel.Link.Transport);
        channel.Link.KeyPressed += key => KeyPressed?.Invoke(key, source);
    }

    private async Task DisposeChannelAsync()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
        _channel = null;
    }

    /// <summary>Has the audio looked at for as long as the call lasts. Never throws.</summary>
    private async Task WatchAsync(CancellationToken over)
    {
        try
        {
            var mayRebuild = true;
            while (true)
            {
                var began = services.Time.GetTimestamp();
                var fault = await new MediaDoctor(services, _channel!, caller, _bridge).WatchAsync(over);
                mayRebuild |= services.Time.GetElapsedTime(began) > Stable;
                services.Media.Status.CountFault(fault.Cause);
                services.Logger.BadAudio(fault.Cause, Description, fault.Detail);
                if (mayRebuild && await RebuildAsync(fault, over))
                    mayRebuild = false;
                else
                    break;
            }
            // It may be half of an audio, which is better than none, until it ends.
            await _channel!.Link.Ended.WaitAsync(over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is MediaException or AriException or OperationCanceledException)
        {
            services.Logger.NotRebuilt(e.Message);
        }
        _audio!.Close();
    }

    /// <returns>False = there is nothing to be done.</returns>
    private async Task<bool> RebuildAsync(MediaFault fault, CancellationToken over)
    {
        // Without events it may be another instance that has the call now, and cut this link.
        if (!services.Status.Connected)
            return false;
        if (!await services.Rest.ChannelExistsAsync(caller, over))
        {
            // A hangup, whose event is on its way by another connection and ends this.
            await Task.Delay(EventsBehind, services.Time, over);
            return false;
        }
        using var limit = new CancellationTokenSource(services.Options.MediaTimeout, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, over);
        if (await services.Rest.FindBridgeAsync(_bridge, either.Token) is null)
            await services.Rest.CreateBridgeAsync(_bridge, either.Token);
        if (fault.Cause != MediaFault.NotBridged)
        {
            var former = _channel!.Link;
            _audio!.Detach(former);
            await DisposeChannelAsync();
            await OpenChannelAsync(Remedies(fault), former, services.Options.MediaTimeout, either.Token);
            await _audio.AttachAsync(ResampledLink.Fit(_channel!.Link, _audio.SampleRate));
        }
        await services.Rest.AddToBridgeAsync(_bridge, fault.Cause == MediaFault.NotBridged ? [caller, _channel!.Id] : [_channel!.Id], either.Token);
        services.Media.Status.CountRebuilt();
        services.Logger.Rebuilt(Description, fault.Cause);
        return true;
    }

    /// <summary>Transports to try, best first. One that carried and was cut is tried again; one that never carried comes last.</summary>
    private IReadOnlyList<IMediaTransport> Remedies(MediaFault fault)
    {
        var others = services.Media.Plan.Transports.Where(t => t != _transport);
        return fault.Cause == MediaFault.LinkLost ? [_transport!, .. others] : [.. others, _transport!];
    }

    private static KeySource Source(MediaTransport transport) => transport switch
    {
        MediaTransport.WebSocket => KeySource.WebSocket,
        MediaTransport.Rtp => KeySource.Rtp,
        _ => KeySource.AudioSocket,
    };
}
