using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.MediaWebSocket;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Registration of the ARI side.</summary>
public static class AriRegistration
{
    /// <summary>
    /// Takes calls from the dialplan's <c>Stasis()</c> and hands them to the registered <see cref="Calls.Arrival.ICallHandler"/>.
    /// The host registers the <see cref="AriOptions"/>, checked. <see cref="AriStatus"/> tells how it goes.
    /// </summary>
    public static IServiceCollection AddAri(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new FrameClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new AriStatus(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new AriCredentials(Options(provider)));
        services.TryAddSingleton(provider => new AriRest(Options(provider), provider.GetRequiredService<AriCredentials>(), AsteriskTrust.From(Options(provider))));
        services.TryAddSingleton<PhoneLines>();
        services.AddAudioSocket();
        services.AddRtp();
        services.TryAddSingleton<MediaStatus>();
        services.TryAddSingleton(MakeConnector);
        services.TryAddSingleton(provider => new ListeningSockets(Options(provider).Media, provider.GetRequiredService<MediaSocketConnector>()));
        services.TryAddSingleton<MediaSocketPort>();
        services.TryAddSingleton(MakeTransports);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPulse, AriPulse>());
        services.AddSingleton<AriService>();
        services.AddHostedService(provider => provider.GetRequiredService<AriService>());
        services.AddSingleton<IDrainable>(provider => provider.GetRequiredService<AriService>());
        return services;
    }

    private static AriOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<AriOptions>>().Value;

    private static MediaSocketConnector MakeConnector(IServiceProvider provider) => new(
        Options(provider).Url,
        AsteriskTrust.From(Options(provider)),
        provider.GetRequiredService<FrameClock>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<MediaWebSocketLink>>());

    /// <summary>Best first: on its WebSocket Asterisk paces and buffers; RTP has the lowest delay of the others and no lock to stick in.</summary>
    private static MediaTransports MakeTransports(IServiceProvider provider)
    {
        var options = Options(provider);
        IMediaTransport[] transports =
        [
            options.Media.Listens ? provider.GetRequiredService<ListeningSockets>() : new ConnectingSockets(provider.GetRequiredService<MediaSocketConnector>()),
            new RtpTransport(provider.GetRequiredService<RtpEngine>()),
            new AudioSocketTransport(provider.GetRequiredService<AudioSocketRendezvous>(), provider.GetRequiredService<AudioSocketEndpoint>(), new RouteToAsterisk(options.Url)),
        ];
        return new MediaTransports(options.Media, transports, provider.GetRequiredService<MediaStatus>(), provider.GetRequiredService<ILogger<MediaTransports>>());
    }
}
