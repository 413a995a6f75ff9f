using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Doctor;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>Asterisk: reachable, its user's rights, its modules, its clock beside ours.</summary>
internal sealed class TelephonyExamination(AriOptions options, TimeProvider time, Func<bool?> clockIsSynchronised) : IExamination
{
    private const string Check = "asterisk";

    /// <summary>Asterisk tells whole seconds, and the question takes its time.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
            return [new(Check, FindingLevel.Note, "ari.enabled is false: only AGI calls are served, and Asterisk can't be asked.", "Set it to true and see install.sh --asterisk-config."), Own()];
        var found = await AsteriskExamination.AskAsync(options, time, cancellationToken);
        if (found.Problem is { } problem)
            return [new(Check, FindingLevel.Failure, problem, Fix(problem)), Own()];
        return
        [
            new(Check, FindingLevel.Ok, $"Asterisk {found.Version} answers at {options.Url}, and knows the user {options.User}."),
            found.MayWrite
                ? new(Check, FindingLevel.Ok, $"The user {options.User} may serve calls.")
                : new(Check, FindingLevel.Failure, $"The user {options.User} may only look.", "Set read_only=no in its section of ari.conf, then: asterisk -rx 'module reload res_ari.so'"),
            found.MissingModules.Count == 0
                ? new(Check, FindingLevel.Ok, "The modules for AGI calls are loaded.")
                : new(Check, FindingLevel.Warning, $"Calls by AGI() have no audio: {string.Join(", ", found.MissingModules)} not loaded.", $"Add load={found.MissingModules[0]} to modules.conf, or: asterisk -rx 'module load {found.MissingModules[0]}'; calls by Stasis() do without."),
            Own(),
            Beside(found.ClockAhead),
        ];
    }

    private static string Fix(string problem) => problem switch
    {
        _ when problem.Contains("401", StringComparison.Ordinal) => "Let ari.conf have the section that ari.user names, with type=user and the same password: scripts/install.sh --asterisk-config shows it; then asterisk -rx 'module reload res_ari.so'",
        _ when problem.Contains("password file", StringComparison.Ordinal) => "Let ari.password-file name the file, readable by the service's user.",
        _ => "Start Asterisk, and see that http.conf has enabled=yes and the address of ari.url: scripts/install.sh --asterisk-config shows what is missing.",
    };

    private Finding Own() => clockIsSynchronised() switch
    {
        true => new("clock", FindingLevel.Ok, "The kernel says that its clock is kept right."),
        false => new("clock", FindingLevel.Warning, "The kernel says that nobody keeps its clock right: times of calls will drift.", "apt-get install systemd-timesyncd (or chrony), or let the host of this virtual machine do it."),
        null => new("clock", FindingLevel.Note, "Whether the clock is kept right can't be told here."),
    };

    private static Finding Beside(TimeSpan? ahead) => ahead switch
    {
        null => new("clock", FindingLevel.Note, "Asterisk does not tell its time."),
        { } off when off.Duration() <= Tolerance => new("clock", FindingLevel.Ok, "Asterisk has the same time, to two seconds."),
        { } off => new("clock", FindingLevel.Warning, $"Asterisk's clock is {off.Duration().TotalSeconds:0} s {(off > TimeSpan.Zero ? "ahead of" : "behind")} this one: call records and Asterisk's own won't match.", "Synchronise both machines by NTP."),
    };
}
