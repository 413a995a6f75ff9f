using System.CommandLine;
using System.Globalization;
using AsteriskVoiceAi.Calls.Synthesis.Storage;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai cache show|purge</c>: the speech that is kept on disk.</summary>
internal static class CacheCommand
{
    private const double Megabyte = 1 << 20;

    private static readonly Option<bool> Texts = new("--texts") { Description = "Lists what is said, and by which engine." };

    public static Command Create()
    {
        var show = new Command("show", "Tell how much speech is kept on disk (prompts.folder).") { Texts };
        show.SetAction(parsed =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            var output = parsed.InvocationConfiguration.Output;
            var folder = new PromptFolder(options.Prompts.Folder);
            var files = folder.Files();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder.Path}: {files.Count} files of speech, {files.Sum(file => file.Length) / Megabyte:0.0} of {options.Prompts.DiskMegabytes} MB"));
            if (!parsed.GetValue(Texts))
                return ExitCodes.Ok;
            foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc))
                output.WriteLine(PromptFolder.Describe(file) is var (text, language, engine) ? $"  {language} {engine}: {text}" : $"  damaged: {file.Name}");
            return ExitCodes.Ok;
        });
        var purge = new Command("purge", "Remove all speech that is kept on disk. A running service still has in memory what it used; it is made anew when that restarts.");
        purge.SetAction(parsed =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            var folder = new PromptFolder(options.Prompts.Folder);
            var removed = folder.Purge();
            parsed.InvocationConfiguration.Output.WriteLine($"{folder.Path}: {removed} files removed");
            if (folder.Files().Count == 0)
                return ExitCodes.Ok;
            parsed.InvocationConfiguration.Error.WriteLine($"{folder.Files().Count} files could not be removed: run this as the user of the service.");
            return ExitCodes.Failed;
        });
        return new Command("cache", "About the speech that is kept on disk.") { show, purge };
    }
}
