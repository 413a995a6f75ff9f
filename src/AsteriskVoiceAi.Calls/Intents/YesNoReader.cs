namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>How a caller answered a yes-or-no question.</summary>
internal enum YesNo
{
    Neither,
    Yes,
    No,
}

/// <summary>What a yes-or-no answer says, and the words that it had besides.</summary>
/// <param name="Rest">"no, billing" leaves billing: the caller may have said something new.</param>
/// <param name="Content">How many words of the rest are more than politeness.</param>
/// <param name="IsFirst">The answer begins with its yes or no.</param>
internal sealed record YesNoReading(YesNo Answer, IReadOnlyList<string> Rest, int Content, bool IsFirst);

/// <summary>
/// Reads the answer to "Did you want …?". Phrases are found longest first, so that "not right" is one no and not a no and a yes.
/// Any no outweighs a yes ("yeah no", "no that's okay"): asking again costs a sentence, a wrong transfer costs the call.
/// </summary>
internal sealed class YesNoReader(LanguageWords words)
{
    /// <summary>Other words that a yes in the middle may have around it.</summary>
    private const int MaxRest = 3;

    private readonly PhraseTable _phrases = new(
    [
        .. words.Yes.Select(phrase => (phrase, (YesNo?)YesNo.Yes)),
        .. words.No.Select(phrase => (phrase, (YesNo?)YesNo.No)),
        .. words.Neither.Select(phrase => (phrase, (YesNo?)YesNo.Neither)),
        .. words.Asides.Select(phrase => (phrase, (YesNo?)null)),
    ]);

    public YesNoReading Read(string text)
    {
        var spoken = Utterance.Words(text, words.Language == "en");
        if (words.NoAlone.Contains(string.Join(' ', spoken)))
            return new YesNoReading(YesNo.No, [], 0, IsFirst: true);
        var rest = new List<string>();
        bool yes = false, no = false, open = false, yesAlone = false;
        for (var at = 0; at < spoken.Count;)
        {
            if (_phrases.Longest(spoken, at) is not var (length, answer))
            {
                rest.Add(spoken[at++]);
                continue;
            }
            var isAlone = answer == YesNo.Yes && words.YesAlone.Contains(string.Join(' ', spoken.Skip(at).Take(length)));
            yesAlone |= isAlone;
            yes |= answer == YesNo.Yes && !isAlone;
            no |= answer == YesNo.No;
            open |= answer == YesNo.Neither;
            at += length;
        }
        var content = rest.Count(word => !words.Fillers.Contains(word));
        // "Oh yeah, …".
        var first = spoken.Count > 1 && spoken[0] is "oh" or "ah" ? 1 : 0;
        var isFirst = spoken.Count > 0 && _phrases.Longest(spoken, first) is (_, YesNo.Yes or YesNo.No);
        // "I do have another question about something else" has a yes in it and is none, and so has "operator, please".
        yes = (yes && (rest.Count <= MaxRest || isFirst)) || (yesAlone && content == 0);
        var reading = open ? YesNo.Neither : no ? YesNo.No : yes ? YesNo.Yes : YesNo.Neither;
        return new YesNoReading(reading, rest, content, isFirst);
    }

    /// <summary>Phrases by their first word, longest first; null = an aside.</summary>
    private sealed class PhraseTable
    {
        private readonly Dictionary<string, List<(string[] Words, YesNo? Answer)>> _byFirst = new(StringComparer.Ordinal);

        public PhraseTable(IEnumerable<(string Phrase, YesNo? Answer)> phrases)
        {
            foreach (var (phrase, answer) in phrases.OrderByDescending(p => p.Phrase.Count(c => c == ' ')))
            {
                var parts = phrase.Split(' ');
                if (!_byFirst.TryGetValue(parts[0], out var list))
                    _byFirst.Add(parts[0], list = []);
                list.Add((parts, answer));
            }
        }

        public (int Length, YesNo? Answer)? Longest(IReadOnlyList<string> spoken, int at)
        {
            if (!_byFirst.TryGetValue(spoken[at], out var list))
                return null;
            foreach (var (parts, answer) in list)
            {
                if (at + parts.Length <= spoken.Count && parts.Select((part, i) => spoken[at + i] == part).All(same => same))
                    return (parts.Length, answer);
            }
            return null;
        }
    }
}
