using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Reload;

/// <summary>Registers the reading again of settings.</summary>
internal static class ReloadRegistration
{
    /// <param name="file">Null = settings never change.</param>
    public static IServiceCollection AddReload(this IServiceCollection services, ConfigurationFile? file) => file is null
        ? services
        : services.AddSingleton(file).AddSingleton<LiveSettings>().AddHostedService<SettingsReload>();
}
