using System.CommandLine;
using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai check</c>: reads the configuration and every flow, and says what is wrong with them.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var check = new Command("check", "Check voiceai.yaml and every flow file; changes nothing.");
        check.SetAction(parsed =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            var output = parsed.InvocationConfiguration.Output;
            if (!Directory.Exists(options.Flows.Folder))
            {
                output.WriteLine($"flows.folder: there is no folder {Path.GetFullPath(options.Flows.Folder)}.");
                return ExitCodes.BadConfiguration;
            }
            var files = Directory.GetFiles(options.Flows.Folder, "*.yaml").Order(StringComparer.Ordinal).ToList();
            var problems = files.SelectMany(file => FlowFile.Read(file).Problems).ToList();
            foreach (var problem in problems)
                output.WriteLine(problem);
            if (problems.Count > 0)
                return ExitCodes.BadConfiguration;
            output.WriteLine($"The configuration and {files.Count} flow{(files.Count == 1 ? "" : "s")} are right.");
            return ExitCodes.Ok;
        });
        return check;
    }
}
