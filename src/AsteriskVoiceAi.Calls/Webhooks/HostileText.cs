using AsteriskVoiceAi.Calls.Synthesis.Normalization;

namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>Words from outside that a caller is to hear: one line that can be said, and no longer than a caller listens.</summary>
internal static class HostileText
{
    /// <summary>About fifteen seconds of speech.</summary>
    public const int MaxSpoken = 200;

    /// <summary>More is not looked at.</summary>
    private const int MaxLooked = 4 * MaxSpoken;

    /// <summary>Without control characters and pictures; cut at a word.</summary>
    public static string Spoken(string text)
    {
        var clean = CleanText.Of(text.Length <= MaxLooked ? text : text[..MaxLooked]);
        if (clean.Length <= MaxSpoken)
            return clean;
        var end = clean.LastIndexOf(' ', MaxSpoken);
        return clean[..(end > 0 ? end : char.IsHighSurrogate(clean[MaxSpoken - 1]) ? MaxSpoken - 1 : MaxSpoken)];
    }
}
