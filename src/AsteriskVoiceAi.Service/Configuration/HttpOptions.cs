using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Where the service answers HTTP.</summary>
public sealed class HttpOptions
{
    /// <summary>Loopback by default: the status names calls, and nothing asks who reads it.</summary>
    [Description("Address to listen on; 0.0.0.0 opens it to the network.")]
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    [Description("TCP port.")]
    [Range(1, 65535)]
    public int Port { get; set; } = 8090;
}
