namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>Which transports calls use with the Asterisk at hand, best first.</summary>
/// <param name="Transports">Empty = calls get no audio, and <paramref name="Reason"/> says what to change.</param>
/// <param name="Reason">One sentence for the operator.</param>
internal sealed record MediaPlan(IReadOnlyList<IMediaTransport> Transports, string Reason)
{
    /// <summary>Decides by configuration, version and modules.</summary>
    /// <param name="transports">What this service can do, best first, one of each kind.</param>
    /// <param name="running">Names of the modules that run, such as <c>chan_rtp.so</c>.</param>
    public static MediaPlan Make(MediaOptions options, IReadOnlyList<IMediaTransport> transports, string version, IReadOnlyCollection<string> running)
    {
        var fitting = options.Format == FormatChoice.Auto ? transports : [.. transports.Where(t => t.Carries(MediaFormat.Of(options.Format)))];
        var able = fitting.Where(t => Obstacle(t, version, running) is null).ToArray();
        if (options.Transport == TransportChoice.Auto)
        {
            var rest = string.Join("; ", fitting.Select(t => Obstacle(t, version, running) is { } why ? $"not {Name(t)}: {why}" : null).OfType<string>());
            return able.Length > 0
                ? new MediaPlan(able, $"{Name(able[0])}, the best that Asterisk {version} can do{(rest.Length > 0 ? $" ({rest})" : "")}")
                : new MediaPlan([], $"Asterisk {version} can do none of the media transports ({rest})");
        }
        var wanted = fitting.First(t => t.Kind == Kind(options.Transport));
        return Obstacle(wanted, version, running) is { } obstacle
            ? new MediaPlan([], $"ari.media.transport is {Name(wanted)}, but {obstacle}")
            : new MediaPlan([wanted, .. able.Where(t => t != wanted)], $"{Name(wanted)}, as ari.media.transport says");
    }

    /// <summary>As in the configuration.</summary>
    public static string Name(IMediaTransport transport) => Name(transport.Kind);

    public static string Name(MediaTransport kind) => kind.ToString().ToLowerInvariant();

    private static MediaTransport Kind(TransportChoice choice) => choice switch
    {
        TransportChoice.Websocket => MediaTransport.WebSocket,
        TransportChoice.Rtp => MediaTransport.Rtp,
        TransportChoice.Audiosocket => MediaTransport.AudioSocket,
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "is no transport"),
    };

    private static string? Obstacle(IMediaTransport transport, string version, IReadOnlyCollection<string> running)
    {
        var missing = transport.Modules.Where(module => !running.Contains(module)).ToArray();
        if (missing.Length > 0)
            return $"{string.Join(" and ", missing)} {(missing.Length > 1 ? "are" : "is")} not loaded: add load={missing[0]} to modules.conf, or run 'module load {missing[0]}' at Asterisk's command line";
        if (transport.Kind == MediaTransport.WebSocket && AsteriskVersion.TryParse(version) is { } parsed && !parsed.HasJsonMedia)
            return $"Asterisk {version} has no JSON on its media WebSocket: 20.18, 22.8 or 23.2 is the first that has";
        return null;
    }
}
