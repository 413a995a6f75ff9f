namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>One way to bring a call's audio; serves all calls. Thread-safe.</summary>
internal interface IMediaTransport
{
    MediaTransport Kind { get; }

    /// <summary>Modules that Asterisk must have loaded.</summary>
    IReadOnlyList<string> Modules { get; }

    /// <summary>The codec for a caller who speaks <paramref name="callers"/>, as near to it as this transport carries.</summary>
    MediaFormat FormatFor(MediaFormat callers);

    /// <summary>Whether audio in this codec gets through both ways.</summary>
    bool Carries(MediaFormat format);

    /// <summary>Makes ready what Asterisk is then told to connect to or to send to.</summary>
    /// <param name="former">The link that this one takes the place of in a running call, ended; null = the call begins.</param>
    /// <exception cref="MediaException">No port is free, and the like.</exception>
    Task<IMediaOffer> PrepareAsync(MediaFormat format, IMediaLink? former, CancellationToken cancellationToken);
}

/// <summary>Audio for one call, on our side ready. Disposing withdraws what was not opened.</summary>
internal interface IMediaOffer : IAsyncDisposable
{
    /// <summary>What Asterisk is asked for.</summary>
    ExternalMedia Request { get; }

    /// <summary>Opens the link once Asterisk has made its channel. The link belongs to the caller.</summary>
    /// <param name="channelVariables">Of the new channel, as in Asterisk's reply.</param>
    /// <exception cref="MediaException">It could not be opened, or is not what was asked for.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: it took too long, or the caller is gone.</exception>
    Task<IMediaLink> OpenAsync(IReadOnlyDictionary<string, string> channelVariables, CancellationToken cancellationToken);
}

/// <summary>Parameters of ARI's <c>POST channels/externalMedia</c>, under their own names. Null = left out.</summary>
internal sealed record ExternalMedia(string Encapsulation, string Transport, string Format)
{
    public string? ExternalHost { get; init; }

    public string? ConnectionType { get; init; }

    public string? Data { get; init; }

    public string? TransportData { get; init; }
}
