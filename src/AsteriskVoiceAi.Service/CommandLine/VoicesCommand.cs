using System.CommandLine;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Models;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai voices</c>: who speaks, who is missing, and who could be fetched.</summary>
internal static class VoicesCommand
{
    private const double Mebibyte = 1024 * 1024;

    private static readonly Option<string?> Language = new("--language") { Description = "List the Piper voices of this language that can be fetched, such as de, or all.", HelpName = "LANGUAGE" };

    public static Command Create()
    {
        var voices = new Command("voices", "List the voices: those of speech.synthesizers, others that are installed, and Piper voices to fetch.") { Language };
        voices.SetAction(async (parsed, _) =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            var output = parsed.InvocationConfiguration.Output;
            var found = await VoiceReport.MakeAsync(options.Speech);
            WriteFound(output, "Synthesizers, the first that speaks a prompt's language leads:", found.Where(voice => voice.IsConfigured));
            WriteFound(output, "Installed, and not named in speech.synthesizers:", found.Where(voice => !voice.IsConfigured));
            WriteKnown(output, [.. KnownModels.Voices.Where(voice => !voice.IsIn(options.Speech.ModelsFolder))], parsed.GetValue(Language));
            return ExitCodes.Ok;
        });
        return voices;
    }

    private static void WriteFound(TextWriter output, string title, IEnumerable<VoiceReport.Voice> voices)
    {
        var list = voices.ToList();
        if (list.Count > 0)
            output.WriteLine(title);
        foreach (var voice in list)
            output.WriteLine($"  {voice.Name,-30} {(voice.IsAvailable ? "" : "MISSING: ")}{voice.Detail}");
    }

    private static void WriteKnown(TextWriter output, List<KnownModel> missing, string? language)
    {
        var languages = missing.Select(voice => voice.Name.Split('_')[0]).Distinct().ToList();
        if (language is null)
        {
            output.WriteLine($"{missing.Count} more Piper voices in {languages.Count} languages ({string.Join(' ', languages)}): voiceai voices --language LANGUAGE, then scripts/get-voice.sh NAME");
            return;
        }
        output.WriteLine("To fetch with scripts/get-voice.sh NAME:");
        foreach (var voice in missing.Where(voice => language == "all" || voice.Name.Split('_')[0] == language || voice.Name.StartsWith(language.Replace('-', '_') + "-", StringComparison.OrdinalIgnoreCase)))
            output.WriteLine(FormattableString.Invariant($"  {voice.Name,-30} {voice.Bytes / Mebibyte,5:0} MiB  {voice.Purpose}; {voice.Licence}"));
    }
}
