namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>
/// Tells where a recogniser wrote a word for a digit or letter: "go seven nine" for "oh seven nine". The value would lack it, and nobody would notice.
/// </summary>
internal static class Misheard
{
    /// <summary>Digits and letters are short, and so is what is heard for them.</summary>
    private const int LongestWord = 3;

    /// <summary>So short, and said beside numbers all the same.</summary>
    private static readonly HashSet<string> Said = new("and but be you we he she has had are am by any new old if sir mam bye eh hm uhm umm ehm yup yea tel acc end".Split(' '), StringComparer.Ordinal);

    /// <summary>What "oh", "two" and "four" are heard as; within digits they are read.</summary>
    private static readonly HashSet<string> SoundAlikes = new("for fore to too or all not no".Split(' '), StringComparer.Ordinal);

    /// <summary>Whether the word before the first character is likely to have been one.</summary>
    public static bool IsBefore(IReadOnlyList<Token> tokens, int first) => IsShort(tokens, first - 1) || SoundAlikes.Contains(tokens.WordAt(first - 1));

    /// <summary>Whether the last word, right after the last character, is likely to have been one; more words are a sentence.</summary>
    public static bool IsAfter(IReadOnlyList<Token> tokens, int next) => next == tokens.Count - 1 && (IsShort(tokens, next) || tokens[next].Text is "of" or "or" or "all");

    private static bool IsShort(IReadOnlyList<Token> tokens, int at) =>
        at >= 0 && at < tokens.Count && tokens[at] is { Kind: TokenKind.Word, Text: var word } && word.Length <= LongestWord && !Words.Fillers.Contains(word) && !Words.Carriers.Contains(word) && !Said.Contains(word);
}
