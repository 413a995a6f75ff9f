namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Takes loops out of a text: a decoder that has lost its way says the same phrase until its window is full.</summary>
internal static class RepeatedPhrases
{
    private const int LongestPhrase = 24;

    /// <summary>Two are real speech ("no, no"); from three on a runaway is likelier, and leaving one out loses nothing.</summary>
    private const int Repeats = 3;

    /// <summary>"0 0 0 0" is part of somebody's number; longer runs of digits are not.</summary>
    private const int DigitRepeats = 9;

    /// <summary>Leaves one of the phrases of up to 24 words that come three or more times in a row.</summary>
    public static string Collapse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var plain = words.Select(Plain).ToList();
        for (var start = 0; start < words.Count; start++)
        {
            for (var length = 1; length <= LongestPhrase && start + (length * Repeats) <= words.Count; length++)
            {
                var times = 1 + Following(plain, start, length);
                var needed = plain.Skip(start).Take(length).All(word => word.All(char.IsAsciiDigit)) ? DigitRepeats : Repeats;
                if (times < needed)
                    continue;
                words.RemoveRange(start + length, length * (times - 1));
                plain.RemoveRange(start + length, length * (times - 1));
            }
        }
        return string.Join(' ', words);
    }

    /// <summary>How many times the phrase comes again right after itself.</summary>
    private static int Following(List<string> words, int start, int length)
    {
        var times = 0;
        for (var next = start + length; next + length <= words.Count; next += length, times++)
        {
            for (var i = 0; i < length; i++)
            {
                if (words[start + i] != words[next + i])
                    return times;
            }
        }
        return times;
    }

    private static string Plain(string word) => new([.. word.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
