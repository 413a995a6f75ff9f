namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>Cuts a prompt into sentences, so that the first is heard while the next is made.</summary>
internal static class Sentences
{
    /// <summary>A mark ends a sentence when white space follows it and the word before is no common abbreviation or initial.</summary>
    private static readonly HashSet<string> Abbreviations = new(["mr", "mrs", "ms", "dr", "st", "no", "vs", "etc", "e.g", "i.e", "approx"], StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Split(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            if (text[i] is not ('.' or '?' or '!') || !char.IsWhiteSpace(text[i + 1]) || (text[i] == '.' && IsAbbreviation(text, start, i)))
                continue;
            Add(text[start..(i + 1)]);
            start = i + 1;
        }
        Add(text[start..]);
        return sentences;

        void Add(string sentence)
        {
            var trimmed = sentence.Trim();
            if (trimmed.Length > 0)
                sentences.Add(trimmed);
        }
    }

    private static bool IsAbbreviation(string text, int start, int mark)
    {
        var word = mark;
        while (word > start && !char.IsWhiteSpace(text[word - 1]))
            word--;
        var before = text[word..mark];
        return before.Length == 1 && char.IsAsciiLetterUpper(before[0]) || Abbreviations.Contains(before);
    }
}
