using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Systemd;

internal static class SystemdRegistration
{
    /// <summary>Talks to systemd where it started the service, else does nothing. Before all other hosted services: it watches them start.</summary>
    public static IServiceCollection AddSystemd(this IServiceCollection services) => services
        .AddSingleton(SystemdEnvironment.FromEnvironment())
        .AddSingleton<IPulse>(provider => new ClockPulse(provider.GetRequiredService<FrameClock>()))
        .AddHostedService<SystemdNotifier>();
}
