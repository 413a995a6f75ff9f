using System.Globalization;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>Registers what keeps records of calls.</summary>
internal static class RecordServices
{
    /// <remarks>To be registered before whatever takes calls: it starts before that and stops after.</remarks>
    public static IServiceCollection AddRecords(this IServiceCollection services, VoiceAiOptions options)
    {
        if (!options.Records.Enabled)
            return services.AddSingleton(new RecordsStatus());
        var database = new RecordsDatabase(options.Records);
        // Two services may share a database; a port of a machine belongs to one of them at a time.
        var writer = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{options.Http.Port}");
        services.AddSingleton(new RecordsStatus { Enabled = true, Database = database.Name });
        services.AddHostedService(s => new RecordWriter(
            s.GetRequiredService<CallEvents>(), options.Records, database, s.GetRequiredService<RecordsStatus>(), writer, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<RecordWriter>>())
        {
            // Opening a database takes as much computing as a caller who waits for the first word after a restart can be spared.
            Begin = s.GetRequiredService<EngineReadiness>().Ready,
        });
        return services;
    }
}
