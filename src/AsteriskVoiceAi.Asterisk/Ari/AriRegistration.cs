using AsteriskVoiceAi.Audio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.AddHostedService<AriService>();
        return services;
    }
}
