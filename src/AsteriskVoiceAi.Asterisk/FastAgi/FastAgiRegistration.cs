using System.Net;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;
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
    /// Registers what the port needs, AudioSocket included.
    /// The host registers <see cref="Calls.Arrival.ICallHandler"/> and the <see cref="FastAgiOptions"/>, checked.
    /// </summary>
    public static IServiceCollection AddFastAgi(this IServiceCollection services)
    {
        services.AddAudioSocket();
        services.TryAddSingleton<FastAgiStatus>();
        services.TryAddSingleton<MediaStatus>();
        services.AddSingleton<IDrainable, FastAgiDrain>();
        return services;
    }

    /// <summary>Opens the port beside whatever else this server listens on.</summary>
    public static void ListenFastAgi(this KestrelServerOptions server)
    {
        var options = server.ApplicationServices.GetRequiredService<IOptions<FastAgiOptions>>().Value;
        server.Listen(IPAddress.Parse(options.Address), options.Port, static listen => listen.UseConnectionHandler<FastAgiConnectionHandler>());
    }
}
