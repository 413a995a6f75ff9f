using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>One channel that Asterisk made for a call's audio, and our link to it.</summary>
internal sealed class MediaChannel(string id, StasisServices services) : IAsyncDisposable
{
    private readonly TaskCompletionSource _inApp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IMediaLink? _link;
    private IDisposable? _followed;
    private bool _begun;
    private bool _handedOver;

    public string Id => id;

    public IMediaLink Link => _link ?? throw new InvalidOperationException("The media channel is not open.");

    /// <summary>Tells what happened to the channel.</summary>
    public void On(ChannelEvent happened)
    {
        if (happened is StasisStart)
            _inApp.TrySetResult();
        else if (happened is ChannelDestroyed destroyed)
            _inApp.TrySetException(new MediaException($"Asterisk ended the media channel: cause {destroyed.Cause} {destroyed.CauseTxt}"));
        _ = _inApp.Task.Exception;
    }

    /// <summary>Makes the channel and opens the link; returns when the channel may enter a bridge.</summary>
    /// <param name="former">The link that this one takes the place of.</param>
    /// <exception cref="MediaException">The link could not be opened.</exception>
    /// <exception cref="AriException">Asterisk refused.</exception>
    public async Task OpenAsync(IMediaTransport transport, MediaFormat format, IMediaLink? former, CancellationToken cancellationToken)
    {
        await using var offer = await transport.PrepareAsync(format, former, cancellationToken);
        _begun = true;
        services.Status.CountMediaChannel(1);
        var channel = await services.Rest.CreateMediaChannelAsync(id, offer.Request, cancellationToken);
        _link = await OpenLinkAsync(offer, channel, cancellationToken);
        _followed = services.Metrics.Follow(_link);
        services.Status.CountMediaSocket(1);
        // Refused with 422 by a bridge before its StasisStart.
        await _inApp.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Another instance has the call: disposing closes our link and leaves the channel to that one, which sweeps it.</summary>
    public void HandOver() => _handedOver = true;

    public async ValueTask DisposeAsync()
    {
        // The link first: a DELETE may hang while an AudioSocket channel holds its lock, and closing the socket frees it.
        if (_link is not null)
        {
            await _link.DisposeAsync();
            _followed?.Dispose();
            services.Status.CountMediaSocket(-1);
        }
        if (!_begun)
            return;
        if (!_handedOver)
            await services.DeleteAsync("media channel", id, services.Rest.HangUpAsync);
        services.Status.CountMediaChannel(-1);
    }

    /// <summary>Asterisk may end the channel before the link is open, e.g. when it cannot connect to us: that ends the waiting.</summary>
    private async Task<IMediaLink> OpenLinkAsync(IMediaOffer offer, AriChannel channel, CancellationToken cancellationToken)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = offer.OpenAsync(channel.ChannelVars ?? new Dictionary<string, string>(), given.Token);
        if (await Task.WhenAny(opening, _inApp.Task) == opening || !_inApp.Task.IsFaulted)
            return await opening;
        await given.CancelAsync();
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
            await (await opening).DisposeAsync();
        await _inApp.Task;
        throw new InvalidOperationException("A faulted task did not throw.");
    }
}
