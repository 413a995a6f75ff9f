using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>The UDP ports that calls' audio uses when it travels as RTP (ARI's externalMedia).</summary>
public sealed class RtpOptions : IValidatableObject
{
    [Description("IP address that the ports are bound to. Default loopback: RTP has neither a login nor encryption. With Asterisk on another machine, the address of this one that it can reach.")]
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    [Description("Host name or IP address that Asterisk is told to send to. Default empty: the address above. Needed behind NAT, with published container ports, or when the address is 0.0.0.0.")]
    [RegularExpression(@"[A-Za-z0-9.\-:_]{0,253}", ErrorMessage = "Advertise must be a host name or an IP address, without a port.")]
    public string? Advertise { get; set; }

    [Description("First port. A call takes an even one for RTP and the odd one above it for RTCP. Default 14000: above what Asterisk and the sample configurations use (10000 to 13999).")]
    [Range(1024, 65534)]
    public int PortFirst { get; set; } = 14000;

    [Description("Last port. Default 15999, which is room for 1000 calls.")]
    [Range(1025, 65535)]
    public int PortLast { get; set; } = 15999;

    [Description("Shortest time that a missing packet is waited for. Default 40 ms: one that was overtaken on a local network comes within that. Costs nothing while packets come in order, as those are heard at once.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.500")]
    [Reloaded]
    public TimeSpan JitterMin { get; set; } = TimeSpan.FromMilliseconds(40);

    [Description("Longest time that a missing packet is waited for. The wait follows the worst lateness of the last seconds. Default 200 ms: with more, callers notice how late they are answered.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:02")]
    [Reloaded]
    public TimeSpan JitterMax { get; set; } = TimeSpan.FromMilliseconds(200);

    [Description("Time after which an Asterisk that stopped talking counts as gone. Default 5 s. Asterisk sends no audio while the caller sends none, so only a sign of life that it had given before (RTCP) and that stays away is taken for its end; a host that says that nobody listens on the port any more is believed within a second.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    [Reloaded]
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(5);

    [Description("Whether the caller's audio may come from another port of Asterisk's address than the one it named. Default false. Needed when a NAT between the two changes ports; then the first one that sends valid audio is taken and kept.")]
    [Reloaded]
    public bool LearnPort { get; set; }

    [Description("Threads that move audio, each for many calls. Default 1, which carries more than 1000 calls on one core; at most one per core is used.")]
    [Range(1, 64)]
    public int Loops { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out var address))
            yield return new ValidationResult("must be an IP address.", [nameof(Address)]);
        else if (string.IsNullOrEmpty(Advertise) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            yield return new ValidationResult("must be given when the address is any address: Asterisk has to be told where to send.", [nameof(Advertise)]);
        if (PortLast <= PortFirst)
            yield return new ValidationResult("must be above port-first.", [nameof(PortLast)]);
        if (JitterMax < JitterMin)
            yield return new ValidationResult("must not be below jitter-min.", [nameof(JitterMax)]);
    }
}
