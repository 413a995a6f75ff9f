namespace AsteriskVoiceAi.Service.AsteriskFiles;

/// <summary>What came out for one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Text">What is so already, or what only the operator can decide.</param>
/// <param name="ByHand">The operator has to do something.</param>
internal sealed record AsteriskRemark(string File, string Text, bool ByHand = false);

/// <summary>Changes that an Asterisk's configuration needs, and remarks. Nothing is written yet.</summary>
/// <param name="Changed">Files with their changes.</param>
/// <param name="Created">Files that don't exist yet, with what goes into them.</param>
/// <param name="Commands">For Asterisk's command line afterwards.</param>
internal sealed record AsteriskAdvice(
    IReadOnlyList<ConfigText> Changed,
    IReadOnlyList<(string Path, string Text)> Created,
    IReadOnlyList<AsteriskRemark> Remarks,
    IReadOnlyList<string> Commands)
{
    public bool IsEmpty => Changed.Count == 0 && Created.Count == 0;
}
