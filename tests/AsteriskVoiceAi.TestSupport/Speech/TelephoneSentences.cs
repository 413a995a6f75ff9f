namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>A hundred sentences as telephone systems say them, with money, dates, times, numbers and names, and the words that a caller should hear.</summary>
internal static class TelephoneSentences
{
    public static IReadOnlyList<(string Written, string Spoken)> All { get; } = Read();

    private static List<(string, string)> Read()
    {
        using var stream = typeof(TelephoneSentences).Assembly.GetManifestResourceStream("telephone-sentences.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(" | ")).Select(pair => (pair[0], pair[1]))];
    }
}
