using System.CommandLine;
using System.Globalization;
using System.Text;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Service.AsteriskFiles;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai asterisk-config</c>: what an Asterisk's configuration lacks; adds it only when told to.</summary>
internal static class AsteriskConfigCommand
{
    public static Command Create()
    {
        var folder = new Option<string>("--folder") { Description = "Asterisk's configuration.", DefaultValueFactory = static _ => "/etc/asterisk" };
        var write = new Option<bool>("--write") { Description = "Make the changes; each file is kept beside itself as FILE.before-voiceai-TIME first." };
        var command = new Command("asterisk-config", "Show what Asterisk's configuration lacks for the service: HTTP server, user of ARI, modules, an example in the dialplan.") { folder, write };
        command.SetAction(parsed =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            try
            {
                var advice = new AsteriskAdvisor(Path.GetFullPath(parsed.GetValue(folder)!), options.Ari, Password(options.Ari)).Advise();
                Show(parsed.InvocationConfiguration.Output, advice, parsed.GetValue(write));
                return ExitCodes.Ok;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"{e.Message} Run it as root.");
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private static string Password(AriOptions options) => options.PasswordFile is { Length: > 0 } file && File.Exists(file) ? File.ReadAllText(file).Trim() : options.Password;

    private static void Show(TextWriter output, AsteriskAdvice advice, bool write)
    {
        foreach (var remark in advice.Remarks)
            output.WriteLine($"{(remark.ByHand ? "! " : "  ")}{remark.File}: {remark.Text}.");
        foreach (var text in advice.Changed)
        {
            output.WriteLine($"{(write ? "changed" : "to change")}: {text.Path}");
            foreach (var change in text.Changes)
                output.WriteLine($"    {change}");
        }
        foreach (var (path, _) in advice.Created)
            output.WriteLine($"{(write ? "made" : "to make")}: {path}");
        if (advice.IsEmpty)
        {
            output.WriteLine("Nothing needs to be changed.");
            return;
        }
        if (write)
            Write(output, advice);
        else
            output.WriteLine("Nothing was changed: --write does it.");
        output.WriteLine($"Then, at Asterisk's command line: {string.Join("; ", advice.Commands)}");
    }

    private static void Write(TextWriter output, AsteriskAdvice advice)
    {
        var time = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        foreach (var text in advice.Changed)
        {
            var kept = $"{text.Path}.before-voiceai-{time}";
            File.Copy(text.Path, kept);
            output.WriteLine($"kept: {kept}");
            // Into the file that is there, so that its owner, its rights and a link to it stay.
            File.WriteAllText(text.Path, text.Text(), Encoding.Latin1);
        }
        foreach (var (path, content) in advice.Created)
            File.WriteAllText(path, content);
    }
}
