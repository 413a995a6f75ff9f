namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>How much a finding matters, least first.</summary>
internal enum FindingLevel
{
    Ok,

    /// <summary>Not there, and calls do without it.</summary>
    Note,

    /// <summary>Calls are served, worse than they could be or not for long.</summary>
    Warning,

    /// <summary>Calls are not served, or not all of them.</summary>
    Failure,
}

/// <param name="Check">Which check found it: a word.</param>
/// <param name="Text">What is so, with names and values.</param>
/// <param name="Fix">What to do about it, in one sentence; empty = nothing.</param>
internal sealed record Finding(string Check, FindingLevel Level, string Text, string Fix = "");
