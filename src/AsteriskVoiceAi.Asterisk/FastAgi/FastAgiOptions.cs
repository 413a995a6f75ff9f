using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>The port that the dialplan's <c>AGI(agi://…)</c> connects to.</summary>
public sealed class FastAgiOptions : IValidatableObject
{
    [Description("IP address to listen on. Default loopback: the protocol has neither a login nor encryption.")]
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    [Description("Port to listen on; 0 lets the system pick. Default 4573: what Asterisk takes when the dialplan names none.")]
    [Range(0, 65535)]
    public int Port { get; set; } = 4573;

    [Description("Calls at a time; the next one is told over-capacity and goes on in the dialplan. Default 5000: far more than one Asterisk carries, so it only stops runaways.")]
    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 5000;

    [Description("Longest line taken from Asterisk, in bytes. Default 10,000: Asterisk cuts a line with arguments at about 8,200.")]
    [Range(512, 1_000_000)]
    public int MaxLineBytes { get; set; } = 10_000;

    [Description("Most lines in the block that opens a session. Default 200: Asterisk sends 22, and at most 127 arguments.")]
    [Range(30, 10_000)]
    public int MaxHeaders { get; set; } = 200;

    [Description("Most bytes in the block that opens a session. Default 64 KiB: eight times what the longest dialplan line makes.")]
    [Range(4096, 10_000_000)]
    public int MaxHandshakeBytes { get; set; } = 65_536;

    [Description("Time for that block. Default 5 s: Asterisk sends it at once, in many small packets.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HandshakeDeadline { get; set; } = TimeSpan.FromSeconds(5);

    [Description("Time without a byte while a reply is due and no audio runs. Default 30 s: the slowest such command, ANSWER, takes half a second.")]
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan IdleDeadline { get; set; } = TimeSpan.FromSeconds(30);

    [Description("Addresses or networks (10.1.2.0/24) that may connect. Default empty: everybody who reaches the port.")]
    public IReadOnlyList<string> AllowedPeers { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new ValidationResult("must be an IP address.", [nameof(Address)]);
        foreach (var peer in AllowedPeers.Where(peer => !TryParsePeer(peer, out _)))
            yield return new ValidationResult($"'{peer}' is neither an address nor a network such as 10.1.2.0/24.", [nameof(AllowedPeers)]);
    }

    /// <summary>The text as a network; an address alone is a network of one.</summary>
    internal static bool TryParsePeer(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
