namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>One part of <c>voiceai doctor</c>. Changes nothing that stays.</summary>
internal interface IExamination
{
    /// <summary>Never throws for what it finds.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken);
}
