namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>A text as it is said: figures, money, dates, times, addresses and short forms in words. Thread-safe; never throws.</summary>
internal static class SpokenForm
{
    /// <param name="language">BCP 47 tag. A language without words of ours only loses what nobody can say.</param>
    public static string Of(string text, string language)
    {
        var clean = CleanText.Of(text);
        return SpokenLanguage.For(language) is { } words ? words.Rules.Say(clean) : clean;
    }
}
