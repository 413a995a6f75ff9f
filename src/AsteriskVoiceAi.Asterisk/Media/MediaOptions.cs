using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>A fixed transport, or the best that the Asterisk at hand can do.</summary>
public enum TransportChoice
{
    Auto,
    Websocket,
    Rtp,
    Audiosocket,
}

/// <summary>A fixed codec, or the one that costs least.</summary>
public enum FormatChoice
{
    Auto,
    Ulaw,
    Alaw,
    G722,
    Slin,
    Slin12,
    Slin16,
    Slin24,
    Slin32,
    Slin44,
    Slin48,
    Slin96,
    Slin192,
}

/// <summary>Who opens the media WebSocket.</summary>
public enum WebSocketDirection
{
    /// <summary>This service, at Asterisk's HTTP server.</summary>
    Connect,

    /// <summary>Asterisk, at this service.</summary>
    Listen,
}

/// <summary>How the audio of calls over ARI travels.</summary>
public sealed class MediaOptions : IValidatableObject
{
    [Description("Default auto: the best that this Asterisk can do, which is websocket (chan_websocket in 20.18, 22.8, 23.2 or newer: Asterisk paces the audio), then rtp (chan_rtp, any Asterisk since 16.6), then audiosocket (chan_audiosocket). A fixed one whose module is not loaded serves no calls.")]
    public TransportChoice Transport { get; set; }

    [Description("Codec on the wire. Default auto: the caller's own codec where it can be, so that Asterisk need not transcode; slin for audiosocket. audiosocket takes slin formats only, rtp takes ulaw, alaw, g722 and slin (Asterisk drops all others that we send).")]
    public FormatChoice Format { get; set; }

    [Description("Time from a call's answer in which audio must have been seen to flow both ways; else the cause is logged and the audio made anew. Default 2 s.")]
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:30")]
    public TimeSpan ProofTime { get; set; } = TimeSpan.FromSeconds(2);

    [Description("Who opens the media WebSocket. Default connect: the service, at Asterisk's HTTP port. listen: Asterisk opens it at the service, which needs a section in websocket_client.conf (see asterisk-config/websocket_client.conf); for an Asterisk whose HTTP port must not be reachable.")]
    public WebSocketDirection Websocket { get; set; }

    [Description("listen: name of the section in websocket_client.conf.")]
    [Required(AllowEmptyStrings = false), RegularExpression("[A-Za-z0-9_-]{1,60}", ErrorMessage = "WebsocketClient takes letters, digits, - and _ only.")]
    public string WebsocketClient { get; set; } = "voiceai_media";

    [Description("listen: IP address to listen on. Default loopback; across machines use a certificate too.")]
    [Required]
    public string ListenAddress { get; set; } = "127.0.0.1";

    [Description("listen: port; Asterisk connects to its path /media. 0 lets the system pick.")]
    [Range(0, 65535)]
    public int ListenPort { get; set; } = 8091;

    [Description("listen: user that Asterisk logs in with (username in websocket_client.conf).")]
    [Required(AllowEmptyStrings = false)]
    public string ListenUser { get; set; } = "voiceai";

    [Description("listen: password that Asterisk logs in with. Never logged. It must be given here or in a file.")]
    public string ListenPassword { get; set; } = "";

    [Description("listen: file that holds the password; wins over ListenPassword.")]
    public string? ListenPasswordFile { get; set; }

    [Description("listen: file with the certificate (PEM, followed by intermediate ones) that makes the port wss. Asterisk checks it against ca_list_file, and the name in its uri must be a DNS name of the certificate.")]
    public string? ListenCertificateFile { get; set; }

    [Description("listen: file with the certificate's private key (PEM).")]
    public string? ListenCertificateKeyFile { get; set; }

    /// <summary>Whether the service has a port for Asterisk's media WebSockets.</summary>
    internal bool Listens => Websocket == WebSocketDirection.Listen && Transport is TransportChoice.Auto or TransportChoice.Websocket;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Transport == TransportChoice.Audiosocket && Format is FormatChoice.Ulaw or FormatChoice.Alaw or FormatChoice.G722)
            yield return new ValidationResult("audiosocket takes auto or a slin format only.", [nameof(Format)]);
        if (Transport == TransportChoice.Rtp && Format > FormatChoice.Slin)
            yield return new ValidationResult("rtp takes auto, ulaw, alaw, g722 or slin only: Asterisk drops what we send in any other.", [nameof(Format)]);
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return new ValidationResult("must be an IP address.", [nameof(ListenAddress)]);
        if (Listens && ListenPassword.Length == 0 && string.IsNullOrEmpty(ListenPasswordFile))
            yield return new ValidationResult("must be given, here or in a file, where Asterisk opens the media WebSocket; write the same into websocket_client.conf.", [nameof(ListenPassword)]);
        foreach (var (file, name) in new[] { (ListenPasswordFile, nameof(ListenPasswordFile)), (ListenCertificateFile, nameof(ListenCertificateFile)), (ListenCertificateKeyFile, nameof(ListenCertificateKeyFile)) })
        {
            if (Listens && !string.IsNullOrEmpty(file) && !File.Exists(file))
                yield return new ValidationResult($"there is no file {file}.", [name]);
        }
        if (string.IsNullOrEmpty(ListenCertificateFile) != string.IsNullOrEmpty(ListenCertificateKeyFile))
            yield return new ValidationResult("certificate and key are given together.", [nameof(ListenCertificateKeyFile)]);
    }
}
