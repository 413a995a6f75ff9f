using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>Loads the speech engines as the service does, and lets them say a word.</summary>
internal sealed class EngineExamination(SpeechOptions options) : IExamination
{
    private const string Check = "engines";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging().AddSingleton(Options.Create(options)).AddSpeechEngines();
        using var host = builder.Build();
        var report = await Task.Run(host.Services.GetRequiredService<SpeechEnginesReport>, cancellationToken);
        var findings = report.Engines.Select(engine => Judge(engine, report)).ToList();
        if (!report.CanRecognize)
            findings.Add(new(Check, FindingLevel.Failure, "Nobody hears: callers have only their keys.", "Run scripts/get-models.sh, and let speech.models-folder name its folder."));
        if (!report.CanSpeak)
            findings.Add(new(Check, FindingLevel.Failure, "Nobody speaks: callers hear nothing.", "apt-get install flite"));
        else if (await WhyMuteAsync(host.Services.GetRequiredService<ISpeechSynthesizer>(), cancellationToken) is { } why)
            findings.Add(new(Check, FindingLevel.Failure, $"No engine could say a word: {why}", "See what that engine needs in the findings above; flite (apt-get install flite) needs nothing."));
        return findings;
    }

    private static Finding Judge(SpeechEngineStatus engine, SpeechEnginesReport report)
    {
        var name = $"{engine.Name} ({engine.Kind})";
        if (engine.IsAvailable)
            return new(Check, FindingLevel.Ok, $"{name}: {engine.Detail}");
        var missed = engine.Kind is SpeechEngineKind.TurnDetection or SpeechEngineKind.Meaning ? FindingLevel.Note : FindingLevel.Warning;
        var rest = report.Engines.Any(other => other.Kind == engine.Kind && other.IsAvailable) ? "The others do without it. " : "";
        return new(Check, missed, $"{name} is not available.", $"{rest}{engine.Detail}");
    }

    private static async Task<string?> WhyMuteAsync(ISpeechSynthesizer synthesizer, CancellationToken cancellationToken)
    {
        try
        {
            await synthesizer.SynthesizeAsync(new("Hello.", "en"), cancellationToken);
            return null;
        }
        catch (SpeechEngineException e)
        {
            return e.Message;
        }
    }
}
