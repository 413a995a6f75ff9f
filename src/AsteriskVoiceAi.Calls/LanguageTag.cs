namespace AsteriskVoiceAi.Calls;

/// <summary>Reads language tags as dialplans and flows write them: BCP 47 (<c>en-US</c>) or Asterisk's own (<c>en_US</c>).</summary>
public static class LanguageTag
{
    /// <summary>The language without its region, in lower case: <c>en</c> of <c>en-US</c>.</summary>
    public static string Primary(string tag)
    {
        var end = tag.AsSpan().IndexOfAny('-', '_');
        return (end < 0 ? tag : tag[..end]).ToLowerInvariant();
    }
}
