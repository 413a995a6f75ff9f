namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>What is wrong with a call's audio.</summary>
/// <param name="Cause">One stable word, the same in log and metrics.</param>
/// <param name="Detail">What was seen, with numbers, and what an operator can change.</param>
internal sealed record MediaFault(string Cause, string Detail)
{
    /// <summary>Nothing flows either way.</summary>
    public const string NoPackets = "no-packets";

    /// <summary>One way works, the other does not.</summary>
    public const string OneWay = "one-way";

    /// <summary>Audio comes in a codec that was not agreed, or Asterisk drops ours.</summary>
    public const string WrongCodec = "wrong-codec";

    /// <summary>Caller and media channel are not in one bridge.</summary>
    public const string NotBridged = "not-bridged";

    /// <summary>Asterisk sends the audio to an address where we do not get it: NAT, a firewall, a container's port.</summary>
    public const string WrongAddress = "wrong-address";

    /// <summary>Asterisk has not loaded what the transport needs.</summary>
    public const string ModuleMissing = "module-missing";

    /// <summary>The media channel could not be made or opened.</summary>
    public const string NotOpened = "not-opened";

    /// <summary>It flowed and ended while the caller was there.</summary>
    public const string LinkLost = "link-lost";
}
