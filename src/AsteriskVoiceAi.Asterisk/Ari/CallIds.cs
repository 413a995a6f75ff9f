namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// Ids that we choose for Asterisk's objects, by which we know them again after a restart, and apps that we hold beside the one of the calls.
/// The dot is no part of an app's name, so none of these is another app's.
/// </summary>
internal sealed class CallIds(string app)
{
    public string MediaPrefix { get; } = $"{app}.media.";

    public string BridgePrefix { get; } = $"{app}.bridge.";

    /// <summary>
    /// An app without calls that is held together with the one of the calls. Asterisk keeps an app whose connection is gone
    /// while it has channels, and does not tell it from one that is served; this one is gone with the connection.
    /// </summary>
    public string Serving { get; } = $"{app}.serving";

    /// <summary>An app that instances hold while they stand by.</summary>
    public string Standby { get; } = $"{app}.standby";

    public static string NewCall() => Guid.CreateVersion7().ToString("N");

    /// <summary>Whether a text is an id that <see cref="NewCall"/> may have made.</summary>
    public static bool IsCall(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    /// <param name="name">A <see cref="MediaName"/>.</param>
    /// <param name="attempt">Each media channel of a call has its own number, from 1.</param>
    public string Media(string name, int attempt) => $"{MediaPrefix}{name}.{attempt}";

    /// <summary>The <see cref="MediaName"/> of the call that a media channel belongs to; null = it is no media channel of ours.</summary>
    public string? CallOfMedia(string channel)
    {
        if (!channel.StartsWith(MediaPrefix, StringComparison.Ordinal))
            return null;
        var name = channel[MediaPrefix.Length..];
        return name.LastIndexOf('.') is var dot and >= 0 ? name[..dot] : name;
    }

    /// <summary>What the media of a call is named after: the call, and where it is taken up again something more, since what the last service left may still bear the call's name.</summary>
    public static string MediaName(string call, bool again) => again ? $"{call}.{Guid.NewGuid():N}"[..41] : call;

    public string Bridge(string name) => BridgePrefix + name;
}
