using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.Service.Storage.Reading;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai calls</c>: lists, shows and exports records of calls, beside a running service.</summary>
internal static class CallsCommand
{
    private const int LinesAtOnce = 100;

    private const string Times = "a time (2026-11-25, 2026-11-25T14:00, UTC where it names no zone) or an age (90m, 12h, 7d)";

    private static readonly Option<DateTimeOffset?> Since = Time("--since", "Calls that began then or later");
    private static readonly Option<DateTimeOffset?> Until = Time("--until", "Calls that began before");
    private static readonly Option<string?> Caller = new("--caller") { Description = "The caller's number, whole." };
    private static readonly Option<string?> Intent = new("--intent") { Description = "What the caller wanted." };
    private static readonly Option<string?> Result = new("--result") { Description = "As VOICEAI_RESULT (done, escalate, hangup, …), running or interrupted." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "As VOICEAI_REASON (caller-asked, silence, …)." };
    private static readonly Option<string?> Flow = new("--flow") { Description = "The flow that ran." };
    private static readonly Option<string?> LinkedId = new("--linked-id") { Description = "Asterisk's linkedid." };
    private static readonly Option<string?> Text = new("--text") { Description = "Somebody said this, in upper or lower case." };
    private static readonly Option<int> Limit = new("--limit") { Description = "The newest so many; 0 = all.", DefaultValueFactory = _ => 50 };
    private static readonly Option<string> Format = new("--format") { Description = "table; jsonl: one call with its turns a line; csv: one call a line; csv-turns: one turn a line.", DefaultValueFactory = _ => "table" };
    private static readonly Argument<string> Id = new("ID") { Description = "A call's id, as VOICEAI_CALL has it, or a beginning that no other has." };
    private static readonly Option<bool> AsJson = new("--json") { Description = "As one line of JSON." };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("table", "jsonl", "csv", "csv-turns");
        var show = new Command("show", "Show one call: what was said, when, how sure, and how long each step took.") { Id, AsJson };
        show.SetAction(parsed => Read(parsed, reader => Show(parsed, reader)));
        var calls = new Command("calls", "List records of calls, the newest first, and export them.") { Since, Until, Caller, Intent, Result, Reason, Flow, LinkedId, Text, Limit, Format, show };
        calls.SetAction(parsed => Read(parsed, reader => List(parsed, reader)));
        return calls;
    }

    private static int Read(ParseResult parsed, Func<RecordReader, int> read)
    {
        if (ServeCommand.LoadOrExplain(parsed) is not { } options)
            return ExitCodes.BadConfiguration;
        var error = parsed.InvocationConfiguration.Error;
        var database = new RecordsDatabase(options.Records);
        if (database.File is { } file && !File.Exists(file))
        {
            error.WriteLine($"There are no call records at {file} (records.database){(options.Records.Enabled ? "" : ", and records.enabled is false")}. They begin with the first call that the service takes.");
            return ExitCodes.Failed;
        }
        try
        {
            using var reader = new RecordReader(database);
            return read(reader);
        }
        catch (Exception failed) when (StorageFault.Of(failed, database.Name) is not null)
        {
            error.WriteLine($"Call records can't be read: {StorageFault.Of(failed, database.Name)!.Message}.");
            return ExitCodes.Failed;
        }
    }

    private static int List(ParseResult parsed, RecordReader reader)
    {
        var output = parsed.InvocationConfiguration.Output;
        var filter = Filter(parsed);
        var lines = parsed.GetValue(Format) switch
        {
            "jsonl" => reader.Conversations(filter).Select(found => CallText.Json(found.Call, found.Turns)),
            "csv" => reader.List(filter).Select(CallText.Csv).Prepend(CallText.CsvHead),
            "csv-turns" => reader.Conversations(filter).SelectMany(found => found.Turns).Select(CallText.Csv).Prepend(CallText.TurnsHead),
            _ => reader.List(filter).Select(CallText.Row).Prepend(CallText.TableHead),
        };
        // The console's writer flushes after each.
        foreach (var some in lines.Chunk(LinesAtOnce))
            output.WriteLine(string.Join('\n', some));
        return ExitCodes.Ok;
    }

    private static int Show(ParseResult parsed, RecordReader reader)
    {
        var id = parsed.GetValue(Id)!;
        var found = reader.Find(id);
        if (found.Count != 1)
        {
            parsed.InvocationConfiguration.Error.WriteLine(found.Count == 0 ? $"There is no record of a call {id}." : $"More than one call's id begins with {id}.");
            return ExitCodes.Failed;
        }
        var (call, turns) = found[0];
        var output = parsed.InvocationConfiguration.Output;
        foreach (var line in parsed.GetValue(AsJson) ? [CallText.Json(call, turns)] : RecordedConversation.Lines(call, turns))
            output.WriteLine(line);
        return ExitCodes.Ok;
    }

    private static CallFilter Filter(ParseResult parsed) => new()
    {
        Since = parsed.GetValue(Since),
        Until = parsed.GetValue(Until),
        Caller = parsed.GetValue(Caller),
        Intent = parsed.GetValue(Intent),
        Result = parsed.GetValue(Result) is "running" ? "" : parsed.GetValue(Result),
        Reason = parsed.GetValue(Reason),
        Flow = parsed.GetValue(Flow),
        LinkedId = parsed.GetValue(LinkedId),
        Text = parsed.GetValue(Text),
        Limit = parsed.GetValue(Limit) is > 0 and var limit ? limit : int.MaxValue,
    };

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = $"{description}: {Times}.",
        HelpName = "TIME",
        CustomParser = Parse,
    };

    private static DateTimeOffset? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            var now = TimeProvider.System.GetUtcNow();
            switch (text[^1])
            {
                case 'm': return now.AddMinutes(-count);
                case 'h': return now.AddHours(-count);
                case 'd': return now.AddDays(-Math.Min(count, 36_500));
            }
        }
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        argument.AddError($"\"{text}\" is not {Times}.");
        return null;
    }
}
