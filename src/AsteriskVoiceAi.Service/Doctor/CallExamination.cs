using AsteriskVoiceAi.Asterisk.Doctor;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>A real call through Asterisk, with sound both ways.</summary>
internal sealed class CallExamination(VoiceAiOptions options) : IExamination
{
    private const string Check = "call";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        if (!options.Ari.Enabled)
            return [new(Check, FindingLevel.Note, "No test call: it needs ari.enabled.")];
        var call = await LoopedCall.PlaceAsync(options.Ari, options.Rtp, options.AudioSocket, cancellationToken);
        return call.Problem is { } problem
            ? [new(Check, FindingLevel.Failure, $"The test call failed: {problem}", Fix(problem, call))]
            : [new(Check, FindingLevel.Ok, $"A test call through Asterisk was heard both ways ({call.FramesUp} and {call.FramesDown} frames) and left nothing behind, over {call.Transport}.")];
    }

    private static string Fix(string problem, LoopedCallResult call) => problem switch
    {
        _ when problem.Contains("not loaded", StringComparison.Ordinal) => "Load that module (modules.conf), then asterisk -rx 'module load NAME'; which transport is used says ari.media.transport.",
        _ when problem.Contains("401", StringComparison.Ordinal) => "Correct the password first: see the finding about asterisk.",
        _ when problem.Contains("port", StringComparison.OrdinalIgnoreCase) => "Stop the service for this check, or free the port.",
        _ when call.Transport.Length == 0 => "Correct the finding about asterisk first.",
        _ => "Open the way that is shut: firewall, rtp.advertise behind NAT, rtp.conf's port range; another ari.media.transport may do.",
    };
}
