using System.Text;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Phrases that Whisper hears in silence and noise, by language; they are data, in <c>hallucinations.txt</c> beside this file.</summary>
internal sealed class Hallucinations
{
    private readonly HashSet<(string Language, string Phrase)> _always = [];
    private readonly HashSet<(string Language, string Phrase)> _doubtful = [];

    private Hallucinations() { }

    public static Hallucinations Known { get; } = Load();

    /// <summary>Nobody says this to a telephone.</summary>
    public bool IsNeverSaid(string text, string language) => _always.Contains((language, Plain(text)));

    /// <summary>Callers say it, and so does Whisper without them.</summary>
    public bool IsDoubtful(string text, string language) => _doubtful.Contains((language, Plain(text)));

    private static Hallucinations Load()
    {
        var known = new Hallucinations();
        using var file = typeof(Hallucinations).Assembly.GetManifestResourceStream("hallucinations.txt")!;
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var columns = line.Split(' ', 3);
            (columns[1] == "always" ? known._always : known._doubtful).Add((columns[0], columns[2]));
        }
        return known;
    }

    /// <summary>Lower-case words with one blank between; apostrophes join, all other marks part.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
                plain.Append(char.ToLowerInvariant(character));
            else if (character is not ('\'' or '\u2019') && plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }
        return plain.ToString().TrimEnd();
    }
}
