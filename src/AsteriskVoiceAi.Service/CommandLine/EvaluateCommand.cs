using System.CommandLine;
using System.Diagnostics;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Evaluation;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai evaluate</c>; and <c>evaluate speech</c>: how well, and how fast, recordings are understood.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> List = new("LIST.jsonl")
    {
        Description = "One recording a line: {\"id\",\"text\"}, where needed with \"audio\" (a path), \"expect\" (digits:8, digits:4..10, yes-no, one-of:a|b, characters:6, date, free) and \"language\". Without \"text\" it is heard, not scored.",
    };

    private static readonly Option<string?> Audio = new("--audio") { Description = "The folder with ID.wav for each row. Default: beside the list.", HelpName = "DIR" };

    private static readonly Option<string?> Engine = new("--engine")
    {
        Description = "One recognizer by its name in the configuration (moonshine-base, moonshine-tiny, …). Default: those of the configuration, as in calls.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Predictions = new("--predictions") { Description = "Writes a row {\"id\",\"text\",\"confidence\",\"ms\"} for each row; ms is the time from the last sound to the final text.", HelpName = "OUT.jsonl" };

    private static readonly Option<string?> Json = new("--json") { Description = "Writes the summary as JSON.", HelpName = "SUMMARY.json" };

    private static readonly Option<LineCodec> Codec = new("--codec") { Description = "The line: ulaw, alaw (8 kHz) or none (16 kHz where the recording has it).", DefaultValueFactory = _ => LineCodec.ULaw };

    private static readonly Option<int> Concurrency = new("--concurrency") { Description = "Callers at once.", DefaultValueFactory = _ => 1 };

    private static readonly Option<bool> RealTime = new("--real-time") { Description = "Callers speak at the pace of a call. Default: as fast as the machine can hear them, but at the pace of a call while an engine works." };

    public static Command Create()
    {
        Concurrency.Validators.Add(result =>
        {
            if (result.GetValue(Concurrency) is < 1 or > 1000)
                result.AddError("--concurrency must be 1 to 1000.");
        });
        var speech = new Command("speech", "Hear recordings as calls are heard (codec, voice activity, endpointing, engine) and tell word error rate, time to final text and cost.")
        {
            List, Audio, Engine, Predictions, Json, Codec, Concurrency, RealTime,
        };
        speech.SetAction(RunAsync);
        return new Command("evaluate", "Measure how well callers are understood, with recordings and sentences of your own.") { speech, EvaluateIntentsCommand.Create(), EvaluateSlotsCommand.Create() };
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (ServeCommand.LoadOrExplain(parsed) is not { } options)
            return ExitCodes.BadConfiguration;
        if (parsed.GetValue(Engine) is { } engine)
            options.Speech.Recognizers = [engine];
        try
        {
            var rows = SpeechRow.ReadAll(parsed.GetValue(List)!);
            if (rows.Count == 0)
            {
                await error.WriteLineAsync($"{parsed.GetValue(List)} has no rows.");
                return ExitCodes.Failed;
            }
            using var host = await StartEnginesAsync(options, cancellationToken);
            var outcome = await EvaluateAsync(parsed, host.Services, options, rows, cancellationToken);
            await host.StopAsync(CancellationToken.None);
            return outcome;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(unreadable.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task<IHost> StartEnginesAsync(VoiceAiOptions options, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging().AddSingleton(Options.Create(options.Speech)).AddSpeechEngines();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }

    private static async Task<int> EvaluateAsync(ParseResult parsed, IServiceProvider services, VoiceAiOptions options, List<SpeechRow> rows, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        var report = services.GetRequiredService<SpeechEnginesReport>();
        foreach (var missing in report.Engines.Where(found => !found.IsAvailable && found.Kind != SpeechEngineKind.Synthesis))
            await error.WriteLineAsync($"{missing.Name}: {missing.Detail}");
        if (!report.CanRecognize)
            return ExitCodes.Failed;
        var recognizer = services.GetRequiredService<ISpeechRecognizer>();
        var time = services.GetRequiredService<TimeProvider>();
        var listening = new SampleListening(
            recognizer, services.GetRequiredService<IVoiceActivityDetector>(), options.Calls.MaxUtterance, time, parsed.GetValue(RealTime), services.GetRequiredService<ITurnDetector>());
        var terms = new SpeechEvaluationTerms(parsed.GetValue(List)!, parsed.GetValue(Audio), parsed.GetValue(Codec), parsed.GetValue(Concurrency), options.Calls.Language);
        var progress = new ProgressBar(error, rows.Count, isTerminal: !Console.IsErrorRedirected);
        var (started, cpu) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var outcomes = await new SpeechEvaluation(listening, recognizer, terms).RunAsync(rows, progress.Report, cancellationToken);
        var machine = new MachineUse(
            time.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, terms.Concurrency);

        foreach (var failed in outcomes.Where(outcome => outcome.Problem is not null))
            await error.WriteLineAsync($"{failed.Row.Id}: {failed.Problem}");
        var summary = SpeechSummary.Of(outcomes, recognizer.Name, machine);
        SpeechReport.Print(summary, parsed.InvocationConfiguration.Output);
        if (parsed.GetValue(Predictions) is { } predictions)
            await SpeechReport.WritePredictionsAsync(predictions, outcomes, cancellationToken);
        if (parsed.GetValue(Json) is { } json)
            await SpeechReport.WriteSummaryAsync(json, summary, cancellationToken);
        return summary.Heard > 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
