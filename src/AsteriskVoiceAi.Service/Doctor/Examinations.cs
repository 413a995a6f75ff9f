using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>All of them, in the order in which one builds on the other.</summary>
internal static class Examinations
{
    /// <param name="withCall">Also place a test call.</param>
    public static async Task<IReadOnlyList<IExamination>> ForAsync(VoiceAiOptions options, bool withCall, CancellationToken cancellationToken)
    {
        var running = await RunningService.FindAsync(options.Http, cancellationToken);
        var lookThrough = TimeSpan.FromSeconds(10);
        List<IExamination> all =
        [
            new ServiceExamination(running),
            new FlowExamination(options.Flows),
            new StorageExamination(options),
            new RecordsExamination(options.Records, running is not null, lookThrough, TimeProvider.System),
            new LimitExamination(options.Calls, running),
            new PortExamination(options, running),
            new ModelExamination(options.Speech.ModelsFolder),
            new EngineExamination(options.Speech),
            new TelephonyExamination(options.Ari, TimeProvider.System, SystemClock.IsSynchronised),
        ];
        // The last: it gives the options an app of its own.
        if (withCall)
            all.Add(new CallExamination(options));
        return all;
    }
}
