using AsteriskVoiceAi.Calls.Evaluation;

namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>Compares what was recognised at the caller's ear with what should have been said.</summary>
internal static class Said
{
    /// <summary>A synthetic voice over the telephone is recognised with 3 to 9 errors in 100 words; a third wrong is another sentence.</summary>
    private const double MostErrors = 0.34;

    public static void Like(string heard, string expected) =>
        Assert.That(WordErrors.Rate(expected, heard), Is.LessThan(MostErrors), $"heard \"{heard}\" instead of \"{expected}\"");

    /// <summary>The words appear somewhere in what was heard.</summary>
    public static void Contains(string heard, string words) =>
        Assert.That(string.Join(' ', WordErrors.Words(heard)), Does.Contain(string.Join(' ', WordErrors.Words(words))));
}
