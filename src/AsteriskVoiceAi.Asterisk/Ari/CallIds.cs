namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Ids that we choose for Asterisk's objects, by which we know them again after a restart. The dot is no part of an app's name.</summary>
internal sealed class CallIds(string app)
{
    public string MediaPrefix { get; } = $"{app}.media.";

    public string BridgePrefix { get; } = $"{app}.bridge.";

    public static string NewCall() => Guid.CreateVersion7().ToString("N");

    /// <param name="attempt">Each media channel of a call has its own number, from 1.</param>
    public string Media(string call, int attempt) => $"{MediaPrefix}{call}.{attempt}";

    /// <summary>The call that a media channel belongs to; null = it is no media channel of ours.</summary>
    public string? CallOfMedia(string channel)
    {
        if (!channel.StartsWith(MediaPrefix, StringComparison.Ordinal))
            return null;
        var name = channel[MediaPrefix.Length..];
        return name.LastIndexOf('.') is var dot and >= 0 ? name[..dot] : name;
    }

    public string Bridge(string call) => BridgePrefix + call;
}
