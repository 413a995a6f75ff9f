using System.CommandLine;
using System.Globalization;
using AsteriskVoiceAi.Engines.Models;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai models</c>: what is installed, what is missing, and what each would add.</summary>
internal static class ModelsCommand
{
    private const double Mebibyte = 1024 * 1024;

    public static Command Create()
    {
        var models = new Command("models", "List the models: installed or missing, size, licence, and what each is for.");
        models.SetAction(parsed =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            Write(parsed.InvocationConfiguration.Output, options.Speech.ModelsFolder);
            return ExitCodes.Ok;
        });
        return models;
    }

    private static void Write(TextWriter output, string folder)
    {
        var there = KnownModels.All.Where(model => model.IsIn(folder)).ToList();
        var missing = KnownModels.All.Except(there).ToList();
        output.WriteLine($"Models in {Path.GetFullPath(folder)}:");
        WriteList(output, there);
        output.WriteLine(missing.Count == 0 ? "None is missing." : "Missing:");
        WriteList(output, missing);
        if (missing.Count > 0)
            output.WriteLine("Fetch with: scripts/get-models.sh NAME…");
    }

    private static void WriteList(TextWriter output, List<KnownModel> models)
    {
        foreach (var model in models)
        {
            var size = string.Create(CultureInfo.InvariantCulture, $"{model.Bytes / Mebibyte:0.0}");
            output.WriteLine($"  {model.Name,-17} {size,6} MiB  {model.Purpose}{(model.IsDefault ? " (needed by calls)" : model.IsRecommended ? " (recommended)" : "")}; {model.Licence}");
        }
    }
}
