namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Finds where a caller takes back what was said: "nine nine, no, sorry, nine eight".</summary>
internal static class Corrections
{
    /// <summary>What was said before is not wanted at all.</summary>
    private static readonly string[][] Restarts = Phrases("let me start again|let me start over|start again|start over|scratch that|forget that|let me try again|from the beginning|once again|let me repeat that");

    private static readonly string[][] Repairs = Phrases(
        "no sorry i mean|no sorry i meant|sorry i mean|sorry i meant|no i mean|no i meant|no wait sorry|no sorry|sorry no|no wait|wait no|no hang on|no hold on|no actually|actually no|no make that|make that|make it|"
        + "i mean|i meant|oh sorry|oh wait|oh no wait|oh hang on|oops|whoops|correction|rather|my mistake|my bad|excuse me|no no|sorry|actually|wait|hang on|hold on|no");

    /// <summary>Fewer characters are a part of a value.</summary>
    private const int ShortValue = 3;

    /// <summary>The pieces between, the last one first in force; one piece = nothing was taken back.</summary>
    /// <param name="restarted">The last piece stands alone.</param>
    public static List<List<Token>> Split(IReadOnlyList<Token> tokens, out bool restarted)
    {
        restarted = false;
        List<List<Token>> pieces = [[]];
        for (var at = 0; at < tokens.Count;)
        {
            var restart = Length(tokens, at, Restarts);
            var repair = restart > 0 ? restart : Length(tokens, at, Repairs);
            if (repair == 0)
            {
                pieces[^1].Add(tokens[at++]);
                continue;
            }
            // "No" and "sorry" before anything was said, or after everything, take nothing back.
            if (pieces[^1].Count > 0 && at + repair < tokens.Count)
            {
                restarted = restart > 0;
                pieces.Add([]);
            }
            at += repair;
        }
        if (pieces[^1].Count == 0 && pieces.Count > 1)
            pieces.RemoveAt(pieces.Count - 1);
        return pieces;
    }

    /// <summary>
    /// Digits or letters after a repair: as many as before or more are all of it, and so is one fewer that begins alike; fewer take the place of the last ones,
    /// letters of letters and digits of digits: "g two b, no, d nine" is G2D9.
    /// </summary>
    /// <returns>Null = what they are for is unclear.</returns>
    private static string? Splice(string before, string after)
    {
        if (Again(before, after) is { } again)
            return again;
        var length = after.Length;
        while (length > 0 && Enumerable.Range(0, length).Any(i => char.IsAsciiDigit(before[before.Length - length + i]) != char.IsAsciiDigit(after[i])))
            length--;
        // "F r a z, no, s e r": one letter is mended, and the name goes on.
        if (length > 1 && AreRhymes(before[^1], after[0]) && !AreRhymes(before[^length], after[0]))
            return before[..^1] + after;
        // "H a r t l y, no, l e y": from the letter on that both have.
        if (length > 1 && after.All(char.IsAsciiLetter) && before.LastIndexOf(after[0]) is var same && same > before.Length - length)
            return before[..same] + after;
        return length > 0 ? before[..^length] + after : null;
    }

    private static bool AreRhymes(char one, char other) => one != other && Letters.SoundAlike(char.ToLowerInvariant(one), char.ToLowerInvariant(other));

    /// <summary>All of the value, said again; null = after the correction there is a part of it.</summary>
    private static string? Again(string before, string after)
    {
        if (before.Length == 0 || after.Length >= before.Length)
            return (before.Length >= ShortValue ? Restart(before, after) : null) ?? after;
        return after.Length >= (after.All(char.IsAsciiLetter) ? ShortValue : ShortValue + 1) && after.Length == before.Length - 1 && after[..2] == before[..2] ? after : null;
    }

    /// <summary>"S t e v, no, p h, s t e p h e n", "c a t h, no, k, k a t h": what was wrong, and then all of it.</summary>
    private static string? Restart(string before, string after)
    {
        for (var length = 1; after[..2] != before[..2] && after.Length - length >= before.Length; length++)
        {
            var (part, all) = (after[..length], after[length..]);
            // Digits may begin with the same one twice.
            var isOtherBeginning = all.StartsWith(part, StringComparison.Ordinal) && all.All(char.IsAsciiLetter) && EditDistance.Between(before, all) <= 2;
            if (isOtherBeginning || (all.StartsWith(before[..2], StringComparison.Ordinal) && all.Contains(part, StringComparison.Ordinal)))
                return all;
        }
        return null;
    }

    /// <summary>Characters that are said one by one, with what was taken back among them.</summary>
    /// <param name="read">Of a piece between corrections; null = it holds something else, and so the whole does.</param>
    /// <returns>Empty where there are none; null = something else was said.</returns>
    public static (string Text, double Confidence)? Read(IReadOnlyList<Token> tokens, Func<List<Token>, (string Text, double Confidence)?> read)
    {
        var (text, confidence) = ("", SlotReading.Clear);
        var pieces = Split(tokens, out var restarted);
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0 && Exchanged(text, pieces[i], read) is { } exchanged)
            {
                (text, confidence) = (exchanged, SlotReading.Guessed);
                continue;
            }
            if ((read(pieces[i]) ?? Preferred(pieces[i], read)) is not var (part, sure))
                return null;
            if (part.Length == 0)
                continue;
            confidence = i > 0 ? SlotReading.Guessed : Math.Min(confidence, sure);
            var spliced = i > 0 && !(restarted && i == pieces.Count - 1) ? Regrouped(text, part, Groups(pieces[i - 1], read), Groups(pieces[i], read)) ?? Splice(text, part) : part;
            if (spliced is null)
                return null;
            text = spliced;
        }
        return (text, confidence);
    }

    /// <summary>The value with the part that is wrong replaced; null = it is not in there, or twice, and nobody knows which one was meant.</summary>
    public static string? Exchange(string value, string wrong, string right)
    {
        var at = wrong.Length == 0 || right.Length == 0 ? -1 : value.IndexOf(wrong, StringComparison.Ordinal);
        return at >= 0 && value.IndexOf(wrong, at + 1, StringComparison.Ordinal) < 0 ? value[..at] + right + value[(at + wrong.Length)..] : null;
    }

    /// <summary>"One two nine four, no, five, not nine".</summary>
    private static string? Exchanged(string value, List<Token> piece, Func<List<Token>, (string Text, double Confidence)?> read)
    {
        var not = piece.FindIndex(token => token.Text == "not");
        return not > 0 && read(piece[..not]) is var (right, _) && read(piece[(not + 1)..]) is var (wrong, _) ? Exchange(value, wrong, right) : null;
    }

    /// <summary>"R e i d, not r e a d": the first of two that are alike.</summary>
    private static (string Text, double Confidence)? Preferred(List<Token> piece, Func<List<Token>, (string Text, double Confidence)?> read)
    {
        var not = piece.FindIndex(token => token.Text == "not");
        return not > 0 && read(piece[..not]) is var (right, _) && read(piece[(not + 1)..]) is var (wrong, _) && Math.Min(right.Length, wrong.Length) >= ShortValue && EditDistance.Between(right, wrong) <= 2
            ? (right, SlotReading.Guessed)
            : null;
    }

    /// <summary>"One two three four, five, no, six, seven": where a caller pauses between groups, the one after the correction takes the place of the one before it.</summary>
    private static string? Regrouped(string before, string after, List<string> last, List<string> next)
    {
        if (last.Count < 2 || next.Count < 2 || last.TrueForAll(group => group.Length == 1) || string.Concat(last) != before || string.Concat(next) != after)
            return null;
        var (wrong, right) = (last[^1], next[0]);
        // "Two one two, five five six, no, five five five, oh one four four" is longer than what was said, and begins in its middle all the same.
        var isPart = AreAlike(wrong, right) ? !AreAlike(before[..wrong.Length], right) : Again(before, after) is null;
        return wrong.Length == right.Length && isPart ? before[..^wrong.Length] + after : null;
    }

    /// <summary>But for one character the same.</summary>
    private static bool AreAlike(string one, string other) => one.Length == other.Length && one.Length > 1 && one.Where((c, i) => c != other[i]).Count() <= 1;

    /// <summary>What is said between commas; none where that is no value of its own.</summary>
    private static List<string> Groups(List<Token> piece, Func<List<Token>, (string Text, double Confidence)?> read)
    {
        List<List<Token>> groups = [[]];
        foreach (var token in piece)
        {
            if (token.IsAfterStop && groups[^1].Count > 0)
                groups.Add([]);
            groups[^1].Add(token);
        }
        return groups.ConvertAll(group => read(group)?.Text ?? "").FindAll(group => group.Length > 0);
    }

    private static int Length(IReadOnlyList<Token> tokens, int at, string[][] phrases)
    {
        foreach (var phrase in phrases)
        {
            // "I'd rather not" takes nothing back.
            if (tokens.Follows(at, phrase) && !(phrase is ["rather"] && tokens.WordAt(at - 1) is "i'd" or "would" or "you'd" or "we'd"))
                return phrase.Length;
        }
        return 0;
    }

    private static string[][] Phrases(string text) => [.. text.Split('|').Select(phrase => phrase.Split(' ')).OrderByDescending(words => words.Length)];
}
