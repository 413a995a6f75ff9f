using System.Net;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>Brings the FastAGI port into a host.</summary>
public static class FastAgiRegistration
{
    /// <summary>
    /// Registers what the port needs, AudioSocket included, with options from the section <see cref="FastAgiOptions.Section"/>.
    /// The host registers <see cref="Calls.Arrival.ICallHandler"/>.
    /// </summary>
    public static IServiceCollection AddFastAgi(this IServiceCollection services)
    {
        services.AddAudioSocket();
        services.AddOptions<FastAgiOptions>()
            .BindConfiguration(FastAgiOptions.Section)
            .ValidateDataAnnotations()
            .Validate(static o => IPAddress.TryParse(o.Address, out _), "FastAgi: Address must be an IP address.")
            .Validate(static o => o.AllowedPeers.All(static p => FastAgiOptions.TryParsePeer(p, out _)), "FastAgi: AllowedPeers must be addresses or networks, such as 10.1.2.3 or 10.1.2.0/24.")
            .ValidateOnStart();
        services.TryAddSingleton<FastAgiStatus>();
        return services;
    }

    /// <summary>Opens the port beside whatever else this server listens on.</summary>
    public static void ListenFastAgi(this KestrelServerOptions server)
    {
        var options = server.ApplicationServices.GetRequiredService<IOptions<FastAgiOptions>>().Value;
        server.Listen(IPAddress.Parse(options.Address), options.Port, static listen => listen.UseConnectionHandler<FastAgiConnectionHandler>());
    }
}
