using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Stops a decoder that says the same again and again, which it does at the end of short or noisy sounds.</summary>
internal static class RepeatGuard
{
    private const int LongestPhrase = 8;

    /// <summary>Fewer are real speech: "no, no, no".</summary>
    private const int Repeats = 4;

    /// <summary>Short phrases have to come more often: "1, 1, 1, 1" is four digits of somebody's number.</summary>
    private const int LeastTokens = 16;

    /// <summary>Leaves one of the repeats at the end of <paramref name="tokens"/>.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool Cut(List<int> tokens)
    {
        var all = CollectionsMarshal.AsSpan(tokens);
        for (var length = 1; length <= LongestPhrase; length++)
        {
            var needed = Math.Max(length * Repeats, LeastTokens / length * length);
            if (all.Length < needed)
                continue;
            var tail = all[^needed..];
            if (!tail[length..].SequenceEqual(tail[..^length]))
                continue;
            tokens.RemoveRange(all.Length - needed + length, needed - length);
            return true;
        }
        return false;
    }
}
