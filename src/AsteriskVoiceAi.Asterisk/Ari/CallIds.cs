namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Ids that we choose for Asterisk's objects, by which we know them again after a restart. The dot is no part of an app's name.</summary>
internal sealed class CallIds(string app)
{
    public string MediaPrefix { get; } = $"{app}.media.";

    public string BridgePrefix { get; } = $"{app}.bridge.";

    public static string NewCall() => Guid.CreateVersion7().ToString("N");

    public string Media(string call) => MediaPrefix + call;

    public string Bridge(string call) => BridgePrefix + call;
}
