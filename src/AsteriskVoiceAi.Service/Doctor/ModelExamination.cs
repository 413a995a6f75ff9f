using AsteriskVoiceAi.Engines.Models;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>Whether the models are there, and are what they were when they were published.</summary>
internal sealed class ModelExamination(string folder) : IExamination
{
    private const string Check = "models";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var found = new List<Finding>();
        var whole = new List<string>();
        foreach (var model in KnownModels.All.Concat(KnownModels.Voices))
        {
            if (!model.Files.Any(file => File.Exists(Path.Combine(folder, file.Path))))
            {
                if (model.IsDefault)
                    found.Add(new(Check, FindingLevel.Failure, $"{model.Name} is missing in {Path.GetFullPath(folder)}: {model.Purpose}.", Fetch(model)));
                else if (model.IsRecommended)
                    found.Add(new(Check, FindingLevel.Note, $"{model.Name} is not installed: {model.Purpose}.", Fetch(model)));
            }
            else if (await DamageAsync(model, cancellationToken) is { } damage)
                found.Add(new(Check, FindingLevel.Failure, $"{model.Name}: {damage}.", Fetch(model)));
            else
                whole.Add(model.Name);
        }
        if (whole.Count > 0)
            found.Add(new(Check, FindingLevel.Ok, $"Whole, by size and hash: {string.Join(", ", whole)}."));
        return found;
    }

    private static string Fetch(KnownModel model) =>
        $"Fetch it: scripts/install.sh --models {model.Name} where the service is installed, else scripts/{(KnownModels.Voices.Contains(model) ? "get-voice.sh" : "get-models.sh")} --check {model.Name}";

    private async Task<string?> DamageAsync(KnownModel model, CancellationToken cancellationToken)
    {
        foreach (var file in model.Files)
        {
            try
            {
                if (!await file.IsWholeAsync(folder, cancellationToken))
                    return $"{Path.Combine(folder, file.Path)} is not the published file (its size or hash differs)";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return e.Message;
            }
        }
        return null;
    }
}
