namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>How far a transcript is from what was said. Thread-safe.</summary>
public static class WordErrors
{
    /// <summary>The words that are compared; see <see cref="SpokenWords"/>.</summary>
    public static string[] Words(string text) => SpokenWords.Of(text);

    /// <summary>
    /// Fewest words to replace, drop or add to get from what was said to what was understood.
    /// Two words written as one ("voice mail", "voicemail") are no error.
    /// </summary>
    public static int Count(string said, string understood)
    {
        var (a, b) = (Words(said), Words(understood));
        var errors = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
                errors[i, j] = Fewest(errors, a, b, i, j);
        }
        return errors[a.Length, b.Length];
    }

    /// <summary>Word error rate: errors divided by the words that were said.</summary>
    public static double Rate(string said, string understood) => (double)Count(said, understood) / Math.Max(1, Words(said).Length);

    private static int Fewest(int[,] errors, string[] a, string[] b, int i, int j)
    {
        if (i == 0 || j == 0)
            return i + j;
        var fewest = Math.Min(errors[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(errors[i - 1, j], errors[i, j - 1]) + 1);
        if (i > 1 && IsJoined(b[j - 1], a[i - 2], a[i - 1]))
            fewest = Math.Min(fewest, errors[i - 2, j - 1]);
        if (j > 1 && IsJoined(a[i - 1], b[j - 2], b[j - 1]))
            fewest = Math.Min(fewest, errors[i - 1, j - 2]);
        return fewest;
    }

    private static bool IsJoined(string whole, string left, string right) =>
        whole.Length == left.Length + right.Length && whole.StartsWith(left, StringComparison.Ordinal) && whole.EndsWith(right, StringComparison.Ordinal);
}
