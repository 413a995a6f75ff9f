using System.Text;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Finds out which one is installed.</summary>
internal static class PiperKinds
{
    public const string Advice = "run scripts/install-piper.sh, or pip install piper-tts, or set speech.piper.program";

    /// <summary>By what it says of itself; Python's takes a second to start.</summary>
    /// <exception cref="SpeechEngineException">It is no Piper, or one that can't be spoken to.</exception>
    public static async Task<PiperKind> AskAsync(string program, EngineParts parts, TimeSpan limit)
    {
        // The C++ one writes its help to the error output.
        var shell = new ChildProgram("/bin/sh", Advice, parts.ProgramSlots, limit, parts.Time);
        string help;
        try
        {
            help = Encoding.UTF8.GetString(await shell.RunAnyAsync(["-c", "exec \"$0\" --help 2>&1", program], CancellationToken.None));
        }
        catch (SpeechEngineException e)
        {
            throw new SpeechEngineException($"{program} does not say what it is, so it is no Piper that can be used ({e.Message}); {Advice}", e);
        }
        return Of(help) ?? throw new SpeechEngineException($"{program} is no Piper that is spoken to here: it calls itself '{Excerpt(help)}'; {Advice}");
    }

    /// <returns>Null = neither.</returns>
    public static PiperKind? Of(string help)
    {
        if (Has("--output-dir-naming") || Has("--data-dir"))
            return PiperKind.Files;
        // A third one, the C++ program of piper1, has --json-input too, but no end to what it answers.
        return Has("--json-input") && (Has("--output_raw") || Has("--output-raw")) ? PiperKind.Json : null;

        bool Has(string option) => help.Contains(option, StringComparison.Ordinal);
    }

    private static string Excerpt(string help) => new([.. help.Trim().Take(80).Select(c => char.IsControl(c) ? ' ' : c)]);
}
