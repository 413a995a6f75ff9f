using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>Whether the conversations can be read.</summary>
internal sealed class FlowExamination(FlowsOptions options) : IExamination
{
    private const string Check = "flows";

    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) => Task.Run(() => (IReadOnlyList<Finding>)[.. Examine()], cancellationToken);

    private IEnumerable<Finding> Examine()
    {
        var folder = Path.GetFullPath(options.Folder);
        string[] files;
        try
        {
            files = [.. Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new(Check, FindingLevel.Failure, $"The folder of the flows can't be read: {e.Message}", "Correct flows.folder, or let the service's user read it.")];
        }
        if (files.Length == 0)
            return [new(Check, FindingLevel.Failure, $"There is no flow in {folder}: route and Stasis calls go straight back to the dialplan.", "Put a NAME.yaml there, such as the demo's flows/main.yaml.")];
        var problems = files.SelectMany(file => FlowFile.Read(file).Problems).ToList();
        return problems.Count == 0
            ? [new(Check, FindingLevel.Ok, $"Valid: {string.Join(", ", files.Select(Path.GetFileNameWithoutExtension))} in {folder}.")]
            : problems.Select(problem => new Finding(Check, FindingLevel.Failure, problem.ToString(), "Correct that line; until then calls get the last version that was valid when the service read it, and none after a restart."));
    }
}
