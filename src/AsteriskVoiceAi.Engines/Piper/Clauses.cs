using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>
/// Cuts a text where espeak-ng cuts it, so that voices get the marks that they were trained with: espeak-ng's program prints phonemes without
/// them. Sentences and clauses that are too long for one run of a voice are cut further.
/// </summary>
internal static class Clauses
{
    /// <summary>The memory that a voice takes grows with the square of a sentence's length: 300 words took 0.8 GB, 1,000 took 7.</summary>
    public const int LongestSentence = 300;

    private const string Closing = "\"'”’»)]}";
    private const string Opening = "\"'“‘«([{¿¡";

    /// <summary>Marks of other scripts, with the one that voices know. Those of Chinese and Japanese need no white space behind them.</summary>
    private static readonly Dictionary<char, string> Marks = new()
    {
        ['.'] = ".",
        ['?'] = "?",
        ['!'] = "!",
        [','] = ",",
        [';'] = ";",
        [':'] = ":",
        ['…'] = "",
        ['—'] = ";",
        ['–'] = ";",
        ['。'] = ".",
        ['？'] = "?",
        ['！'] = "!",
        ['，'] = ",",
        ['、'] = ",",
        ['；'] = ";",
        ['：'] = ":",
        ['؟'] = "?",
        ['،'] = ",",
        ['؛'] = ";",
        ['।'] = ".",
        ['۔'] = ".",
        ['՝'] = ",",
        ['։'] = ".",
    };

    /// <summary>Sentences of at most 300 characters, each in clauses; those without a letter or digit are left out.</summary>
    public static IReadOnlyList<IReadOnlyList<Clause>> Sentences(string text)
    {
        List<IReadOnlyList<Clause>> sentences = [];
        List<Clause> sentence = [];
        var length = 0;
        foreach (var clause in Split(text).SelectMany(Shorten))
        {
            if (length + clause.Written.Length > LongestSentence)
                End();
            sentence.Add(clause);
            length += clause.Written.Length;
            if (clause.EndsSentence)
                End();
        }
        End();
        return sentences;

        void End()
        {
            if (sentence.Count > 0)
                sentences.Add(sentence);
            (sentence, length) = ([], 0);
        }
    }

    private static List<Clause> Split(string text)
    {
        List<Clause> clauses = [];
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            var marks = i;
            while (marks < text.Length && Marks.ContainsKey(text[marks]))
                marks++;
            var end = Skip(text, marks, Closing);
            if (marks == i || !IsBoundary(text, i, marks, end))
            {
                i = Math.Max(marks, i + 1);
                continue;
            }
            Add(text[start..i] + text[marks..end], Mark(text[i..marks]), text[start..end]);
            start = i = end;
        }
        Add(text[start..], "", text[start..]);
        return clauses;

        void Add(string words, string mark, string written)
        {
            if (SpeakableText.HasWords(words))
                clauses.Add(new(words.Trim(), mark, written.Trim()));
        }
    }

    /// <summary>A run of marks, and the closing quotes behind it, end a clause before white space. A full stop before a small letter is an abbreviation's.</summary>
    private static bool IsBoundary(string text, int first, int marks, int end)
    {
        if (end < text.Length && !char.IsWhiteSpace(text[end]) && text[marks - 1] < '\u3000')
            return false;
        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        next = Skip(text, next, Opening);
        return marks - first > 1 || text[first] != '.' || next >= text.Length || !char.IsLower(text[next]);
    }

    /// <summary>Of a run the first counts, but three full stops are a pause without a mark.</summary>
    private static string Mark(string run) => run.StartsWith("...", StringComparison.Ordinal) ? "" : Marks[run[0]];

    private static int Skip(string text, int from, string characters)
    {
        while (from < text.Length && characters.Contains(text[from], StringComparison.Ordinal))
            from++;
        return from;
    }

    /// <summary>A clause without end is cut between words, and a word without end anywhere.</summary>
    private static IEnumerable<Clause> Shorten(Clause clause)
    {
        var rest = clause.Words;
        while (rest.Length > LongestSentence)
        {
            var space = rest.LastIndexOf(' ', LongestSentence - 1);
            var cut = space > 0 ? space : LongestSentence - (char.IsHighSurrogate(rest[LongestSentence - 1]) ? 1 : 0);
            yield return new(rest[..cut], "", rest[..cut]);
            rest = rest[cut..].TrimStart();
        }
        yield return rest.Length == clause.Words.Length && clause.Written.Length <= LongestSentence ? clause : new(rest, clause.Mark, rest + clause.Mark);
    }
}
