namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Finds what someone meant who mistyped a key.</summary>
internal static class NearestKey
{
    /// <summary>The known key with the fewest letters to change, or null when there is none to compare with.</summary>
    public static OptionKey? To(string name, IEnumerable<OptionKey> known) =>
        known.MinBy(key => Distance(OptionKey.Plain(name), OptionKey.Plain(key.Name)));

    /// <summary>Letters to add, drop, change or swap with their neighbour, to get from one word to the other.</summary>
    public static int Distance(string a, string b)
    {
        // Names are short; what is longer than any key is as wrong as it can be.
        if (a.Length > 100)
            return a.Length;
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
