namespace AsteriskVoiceAi.Asterisk.Doctor;

/// <summary>What an Asterisk said when it was asked over ARI.</summary>
/// <param name="Problem">Why it could not be asked, with what to check; null = it answered.</param>
/// <param name="Version">As Asterisk has it, e.g. <c>22.10.1</c>.</param>
/// <param name="MissingModules">Modules that calls by AGI() need and that do not run.</param>
/// <param name="MayWrite">The user may do more than look.</param>
/// <param name="ClockAhead">How far Asterisk's clock is ahead of ours, to a second; null = it did not say.</param>
public sealed record AsteriskFindings(string? Problem, string Version, IReadOnlyList<string> MissingModules, bool MayWrite, TimeSpan? ClockAhead);
