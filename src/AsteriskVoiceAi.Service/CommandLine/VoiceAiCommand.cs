using System.CommandLine;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary>The command line: <c>voiceai VERB</c>.</summary>
internal static class VoiceAiCommand
{
    public static readonly Option<string?> Config = new("--config")
    {
        Description = "The configuration file. Default: voiceai.yaml in the current folder, if there is one.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static RootCommand Create()
    {
        var root = new RootCommand("A voice that listens, for any Asterisk.")
        {
            Config,
            ServeCommand.Create(),
            CheckCommand.Create(),
            DoctorCommand.Create(),
            AsteriskConfigCommand.Create(),
            LintCommand.Create(),
            WatchCommand.Create(),
            ModelsCommand.Create(),
            VoicesCommand.Create(),
            EvaluateCommand.Create(),
            SayCommand.Create(),
            CacheCommand.Create(),
            CallsCommand.Create(),
            ReferenceCommands.Config(),
            ReferenceCommands.Schema(),
        };
        return root;
    }
}
