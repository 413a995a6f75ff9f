namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>What the service says of itself.</summary>
internal sealed class ServiceExamination(RunningService? running) : IExamination
{
    private const string Check = "service";

    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(running switch
    {
        null => [new(Check, FindingLevel.Note, "It does not run.", "To start it: systemctl start asterisk-voiceai (or scripts/voiceai serve).")],
        { IsReady: true } => [new(Check, FindingLevel.Ok, $"It runs and says that it is {running.Status}.")],
        _ => [.. running.Reasons.Select(reason => new Finding(Check, FindingLevel.Failure, $"It runs but takes no calls: {reason}", "See the other findings; the log says since when."))],
    });
}
