using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AsteriskVoiceAi.Service.Doctor;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai doctor</c>: everything that must be right for calls, each with what to do about it.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "For programs." };
        var noCall = new Option<bool>("--no-call") { Description = "Without the test call through Asterisk." };
        var doctor = new Command("doctor", "Check everything that calls need, whether the service runs or not, and say what to do about it. Exit code: 0 all is well, 1 calls are served but something is not as it should be, 2 calls are not all served.") { json, noCall };
        doctor.SetAction(async (parsed, cancellationToken) =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            var output = parsed.InvocationConfiguration.Output;
            var findings = new List<Finding>();
            foreach (var examination in await Examinations.ForAsync(options, withCall: !parsed.GetValue(noCall), cancellationToken))
            {
                var found = await examination.ExamineAsync(cancellationToken);
                findings.AddRange(found);
                if (!parsed.GetValue(json))
                    Write(output, found);
            }
            var worst = findings.Max(finding => finding.Level);
            if (parsed.GetValue(json))
                await output.WriteLineAsync(JsonSerializer.Serialize(new { status = worst, findings }, Format));
            else
                await output.WriteLineAsync(Summary(findings));
            return worst switch { FindingLevel.Failure => 2, FindingLevel.Warning => 1, _ => ExitCodes.Ok };
        });
        return doctor;
    }

    private static void Write(TextWriter output, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            output.WriteLine($"{Mark(finding.Level),-5} {finding.Check,-9} {finding.Text}");
            if (finding.Fix.Length > 0)
                output.WriteLine($"{"",-15} → {finding.Fix}");
        }
    }

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "ok",
        FindingLevel.Note => "note",
        FindingLevel.Warning => "WARN",
        _ => "FAIL",
    };

    private static string Summary(List<Finding> findings)
    {
        var (failures, warnings) = (findings.Count(finding => finding.Level == FindingLevel.Failure), findings.Count(finding => finding.Level == FindingLevel.Warning));
        return failures + warnings == 0 ? "All is well." : $"{failures} to mend before all calls are served, {warnings} more to look at.";
    }
}
