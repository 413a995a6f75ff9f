namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Phrases that a flow says mean an intent wherever they are said. Found by their first word, so a long list costs nothing.</summary>
internal sealed class PhraseIndex
{
    private readonly Dictionary<string, List<(string[] Words, int Class)>> _byFirst = new(StringComparer.Ordinal);

    /// <param name="phrases">Words of each phrase, and the class that it means.</param>
    public PhraseIndex(IEnumerable<(IReadOnlyList<string> Words, int Class)> phrases)
    {
        foreach (var (words, target) in phrases.Where(phrase => phrase.Words.Count > 0))
        {
            if (!_byFirst.TryGetValue(words[0], out var list))
                _byFirst.Add(words[0], list = []);
            list.Add(([.. words], target));
        }
    }

    /// <summary>The class whose phrase is said; of two phrases inside each other the longer one counts. Null = none, or those of several.</summary>
    public int? Find(IReadOnlyList<string> words)
    {
        int? found = null;
        for (var at = 0; at < words.Count;)
        {
            var longest = _byFirst.GetValueOrDefault(words[at])?.Where(phrase => IsAt(words, at, phrase.Words)).OrderByDescending(phrase => phrase.Words.Length).FirstOrDefault() ?? default;
            if (longest.Words is null)
            {
                at++;
                continue;
            }
            if (found is not null && found != longest.Class)
                return null;
            found = longest.Class;
            at += longest.Words.Length;
        }
        return found;
    }

    private static bool IsAt(IReadOnlyList<string> words, int at, string[] phrase)
    {
        if (at + phrase.Length > words.Count)
            return false;
        for (var i = 0; i < phrase.Length; i++)
        {
            if (words[at + i] != phrase[i])
                return false;
        }
        return true;
    }
}
