using System.Net;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>Brings the AudioSocket port into a host.</summary>
public static class AudioSocketRegistration
{
    /// <summary>Registers what the port needs. The host registers the <see cref="AudioSocketOptions"/>, checked.</summary>
    public static IServiceCollection AddAudioSocket(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<MediaMetrics>();
        services.TryAddSingleton<FrameClock>();
        services.TryAddSingleton<ConnectionDeadlines>();
        services.TryAddSingleton<AudioSocketRendezvous>();
        services.TryAddSingleton<AudioSocketStatus>();
        services.TryAddSingleton<AudioSocketEndpoint>();
        return services;
    }

    /// <summary>Opens the port beside whatever else this server listens on.</summary>
    public static void ListenAudioSocket(this KestrelServerOptions server)
    {
        var options = server.ApplicationServices.GetRequiredService<IOptions<AudioSocketOptions>>().Value;
        server.Listen(IPAddress.Parse(options.Address), options.Port, listen =>
        {
            server.ApplicationServices.GetRequiredService<AudioSocketEndpoint>().Listening = listen;
            listen.UseConnectionHandler<AudioSocketConnectionHandler>();
        });
    }
}

/// <summary>The address of the port as Asterisk is told.</summary>
internal sealed class AudioSocketEndpoint(IOptions<AudioSocketOptions> options)
{
    /// <summary>Set when the port is configured; knows the real port once it is open.</summary>
    public ListenOptions? Listening { get; set; }

    /// <param name="reachedAt">Our address as Asterisk knows it already, from the connection that it made.</param>
    public string For(EndPoint? reachedAt)
    {
        if (!string.IsNullOrEmpty(options.Value.Advertise))
            return options.Value.Advertise;
        var listening = Listening?.IPEndPoint ?? new IPEndPoint(IPAddress.Parse(options.Value.Address), options.Value.Port);
        var any = listening.Address.Equals(IPAddress.Any) || listening.Address.Equals(IPAddress.IPv6Any);
        var address = any && reachedAt is IPEndPoint known ? known.Address : listening.Address;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return new IPEndPoint(address, listening.Port).ToString();
    }
}
