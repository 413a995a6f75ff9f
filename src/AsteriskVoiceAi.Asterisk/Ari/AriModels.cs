using System.Text.Json.Serialization;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Ari;

// ARI's JSON, only what is used here. A test holds each property against the models that Asterisk itself ships.

/// <summary>One event; the base type stands for every event that is of no interest here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType, IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(StasisStart), nameof(StasisStart))]
[JsonDerivedType(typeof(StasisEnd), nameof(StasisEnd))]
[JsonDerivedType(typeof(ChannelDtmfReceived), nameof(ChannelDtmfReceived))]
[JsonDerivedType(typeof(ChannelHangupRequest), nameof(ChannelHangupRequest))]
[JsonDerivedType(typeof(ChannelDestroyed), nameof(ChannelDestroyed))]
[JsonDerivedType(typeof(ApplicationReplaced), nameof(ApplicationReplaced))]
[JsonDerivedType(typeof(ChannelUserevent), nameof(ChannelUserevent))]
internal record AriEvent;

internal abstract record ChannelEvent(AriChannel Channel) : AriEvent;

internal sealed record StasisStart(AriChannel Channel, IReadOnlyList<string> Args) : ChannelEvent(Channel);

internal sealed record StasisEnd(AriChannel Channel) : ChannelEvent(Channel);

internal sealed record ChannelDtmfReceived(AriChannel Channel, string Digit) : ChannelEvent(Channel);

internal sealed record ChannelHangupRequest(AriChannel Channel) : ChannelEvent(Channel);

internal sealed record ChannelDestroyed(AriChannel Channel, int Cause, string CauseTxt) : ChannelEvent(Channel);

internal sealed record ApplicationReplaced : AriEvent;

internal sealed record ChannelUserevent(string Eventname) : AriEvent;

internal sealed record AriChannel(string Id, string Name)
{
    public CallerId? Caller { get; init; }

    public DialplanCep? Dialplan { get; init; }

    public string? Language { get; init; }

    [JsonPropertyName("channelvars")]
    public IReadOnlyDictionary<string, string>? ChannelVars { get; init; }
}

internal sealed record CallerId(string Number);

internal sealed record DialplanCep(string Exten)
{
    /// <summary>What runs on the channel now, e.g. <c>Stasis</c>.</summary>
    public string? AppName { get; init; }

    /// <summary>Its arguments as the dialplan has them, e.g. <c>voiceai,main,customer=12</c>.</summary>
    public string? AppData { get; init; }
}

internal sealed record Application(IReadOnlyList<string> ChannelIds);

internal sealed record Bridge(string Id)
{
    public IReadOnlyList<string> Channels { get; init; } = [];
}

/// <param name="Status"><c>Running</c>, or why not.</param>
internal sealed record Module(string Name, string Status);

/// <summary>ARI's RTPstat. As Asterisk sees it: <paramref name="Rxcount"/> came from the phone. Times in seconds.</summary>
internal sealed record ChannelRtp(int Txcount, int Rxcount)
{
    /// <summary>That which Asterisk sends in its reports, so of what came from the phone (seen on Asterisk 22).</summary>
    public double Txjitter { get; init; }

    /// <summary>Of the packets from the phone.</summary>
    public int Rxploss { get; init; }

    /// <summary>Of the packets to the phone, as it says.</summary>
    public int Txploss { get; init; }

    public double Rtt { get; init; }

    public PhoneLine ToLine() => new(Rxcount, Math.Max(0, Rxploss), Time(Txjitter), Txcount, Math.Max(0, Txploss), Time(Rtt));

    private static TimeSpan Time(double seconds) => double.IsFinite(seconds) ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 60)) : TimeSpan.Zero;
}

internal sealed record AsteriskInfo
{
    public SystemInfo? System { get; init; }
}

internal sealed record SystemInfo(string Version);

internal sealed record Variable(string Value);

/// <summary>Body of a request that sets a variable. In the body, not in the URL, so that no proxy or access log keeps what a caller said.</summary>
internal sealed record SetVariable(string Variable, string Value);

/// <summary>What comes with a status that is no success.</summary>
internal sealed record AriError
{
    public string? Message { get; init; }

    public string? Error { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(AriEvent))]
[JsonSerializable(typeof(AriChannel))]
[JsonSerializable(typeof(IReadOnlyList<AriChannel>))]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(IReadOnlyList<Bridge>))]
[JsonSerializable(typeof(Bridge))]
[JsonSerializable(typeof(IReadOnlyList<Module>))]
[JsonSerializable(typeof(ChannelRtp))]
[JsonSerializable(typeof(AsteriskInfo))]
[JsonSerializable(typeof(Variable))]
[JsonSerializable(typeof(SetVariable))]
[JsonSerializable(typeof(AriError))]
internal sealed partial class AriJson : JsonSerializerContext;
