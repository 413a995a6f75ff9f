namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Finds where a caller takes back what was said: "nine nine, no, sorry, nine eight".</summary>
internal static class Corrections
{
    /// <summary>What was said before is not wanted at all.</summary>
    private static readonly string[][] Restarts = Phrases("let me start again|let me start over|start again|start over|scratch that|forget that|let me try again|from the beginning|once again|let me repeat that");

    private static readonly string[][] Repairs = Phrases(
        "no sorry i mean|no sorry i meant|sorry i mean|sorry i meant|no i mean|no i meant|no wait sorry|no sorry|sorry no|no wait|wait no|no hang on|no hold on|no actually|actually no|no make that|make that|make it|"
        + "i mean|i meant|oh sorry|oh wait|oh no wait|oh hang on|oops|whoops|correction|rather|my mistake|my bad|excuse me|no no|sorry|actually|wait|hang on|hold on|no");

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
    /// Digits or letters after a repair: as many as before or more are all of it, and so is one fewer that begins alike; fewer take the place of the last ones.
    /// </summary>
    private static string Splice(string before, string after)
    {
        var isAgain = after.Length >= 4 && after.Length == before.Length - 1 && after[..2] == before[..2];
        return after.Length >= before.Length || isAgain ? after : before[..^after.Length] + after;
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
            if (read(pieces[i]) is not var (part, sure))
                return null;
            if (part.Length == 0)
                continue;
            confidence = i > 0 ? SlotReading.Guessed : Math.Min(confidence, sure);
            text = i > 0 && !(restarted && i == pieces.Count - 1) ? Splice(text, part) : part;
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
