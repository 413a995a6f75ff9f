using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>The port that Asterisk's <c>AudioSocket()</c> brings a call's audio to.</summary>
public sealed class AudioSocketOptions : IValidatableObject
{
    [Description("IP address to listen on. Default loopback: the protocol has neither a login nor encryption.")]
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    [Description("Port to listen on; 0 lets the system pick. Default 9093: what most AudioSocket examples use.")]
    [Range(0, 65535)]
    public int Port { get; set; } = 9093;

    [Description("host:port that Asterisk is told to connect to. Default empty: the listening address; when that is any address, the one at which Asterisk reached FastAGI. Needed behind NAT or a published container port.")]
    [RegularExpression(@"[A-Za-z0-9.\-:\[\]_]*:[0-9]{1,5}", ErrorMessage = "Advertise must be host:port.")]
    public string? Advertise { get; set; }

    [Description("Time that a connection has to say which call it belongs to. Default 5 s: Asterisk says so in its first packet.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan IdentifyDeadline { get; set; } = TimeSpan.FromSeconds(5);

    [Description("Time that Asterisk has to bring a call's audio. Default 5 s: its own limit for a connection is 2 s, and a host name may have two addresses.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectDeadline { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new ValidationResult("must be an IP address.", [nameof(Address)]);
    }
}
