using AsteriskVoiceAi.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>Brings RTP into a host.</summary>
public static class RtpRegistration
{
    /// <summary>Registers what RTP needs. The host registers the <see cref="RtpOptions"/>, checked.</summary>
    public static IServiceCollection AddRtp(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RtpStatus>();
        services.TryAddSingleton<RtpEngine>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPulse, RtpPulse>());
        return services;
    }
}
