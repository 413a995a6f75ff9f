using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>A person's name without the words around it.</summary>
internal static class NameReader
{
    /// <summary>Other words around a name; with more it was a sentence about something else.</summary>
    private const int FewOthers = 2;

    /// <summary>The same around a whole name behind "it's" or "that would be".</summary>
    private const int SomeOthers = 5;

    /// <summary>The same where the sentence is about names: "the booking's in her name".</summary>
    private const int ManyOthers = 12;

    private static readonly string[] StateEndings = ["ing", "ed", "ous", "ful", "less", "ible"];

    /// <summary>Ted, Fred and King are shorter.</summary>
    private const int ShortestState = 5;

    private static readonly HashSet<string> NamesLikeStates = new("ahmed mohammed mohamed muhammed sterling fleming harding".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> AboutNames = new(
        "name names name's surname surname's booking booking's booked reservation reservation's account account's appointment registered registration listed under put called known try said".Split(' '), StringComparer.Ordinal);

    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        var pieces = Corrections.Split(NameTokens.Joined(tokens), out _);
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            var piece = i > 0 ? WithoutDenied(pieces[i], pieces[i - 1]) : pieces[i];
            var before = i > 0 ? pieces[i - 1] : [];
            if ((ReadPiece(piece, before) ?? ReadCounted(piece, before)) is { } name)
                return pieces.Count > 1 ? name with { Confidence = SlotReading.Guessed } : name;
            // What took its place was not understood; what was taken back is not the answer.
            if (piece.Exists(NameWords.IsName))
                return null;
        }
        return null;
    }

    /// <summary>"Nicola with one l", "jon without an h".</summary>
    private static SlotReading? ReadCounted(List<Token> piece, List<Token> before)
    {
        var plain = LetterCounts.Without(piece);
        return plain.Count < piece.Count && !plain.Contains(EmailSpellings.Doubtful) ? ReadPiece(plain, before) : null;
    }

    /// <summary>"Donna, no, not Donna, Dana Whitfield".</summary>
    private static List<Token> WithoutDenied(List<Token> piece, List<Token> before)
    {
        if (piece.Count == 0 || piece[0].Text != "not")
            return piece;
        var next = 1;
        while (next < piece.Count && before.Exists(token => token.Text == piece[next].Text))
            next++;
        return next > 1 ? piece[next..] : piece;
    }

    private static SlotReading? ReadPiece(List<Token> said, List<Token> before)
    {
        if (WithoutRemarks(said) is not { } piece)
            return null;
        if (NameLabels.Read(piece) is { } labelled)
            return new SlotReading(Write(labelled), labelled.Count > 1 ? SlotReading.Clear : SlotReading.Likely);
        if (NameSpelling.Read(piece) is { } spelled)
            return spelled;
        var runs = NameRuns.Of(piece);
        var whole = NameRuns.Distinct(runs);
        // "Baker or potter", "it's baker but it might be under potter".
        if (runs.Skip(1).Any(run => piece.WordAt(run.From - 1) == "or") || (whole.Count > 1 && piece.Exists(token => token.Text is "might" or "maybe" or "perhaps" or "possibly" or "either")))
            return null;
        if (whole.Count > 1)
            whole = whole.FindAll(run => run.Link >= NameLink.Hint);
        // "It's Jim, James Ford", "my name is. Oliver, Bennett": two names, and nobody knows how they belong together.
        if (whole is [{ Words.Count: 1 } one] && runs.Exists(run => run.From == one.To && !run.IsIn(one)))
            return null;
        // "I go by Max, but it's under Maximilian Vogel".
        if (whole.Count > 1 && whole.FindAll(run => run.Words.Count > 1) is [var only] && !(piece.WordAt(only.From - 1) == "for" && whole.Exists(run => run.Link == NameLink.Sure)))
            whole = [only];
        if (whole is not [var name])
            return null;
        var others = Enumerable.Range(0, piece.Count).Count(at => !runs.Exists(run => at >= run.From && at < run.To) && IsOther(piece, at));
        if (!IsAnswer(piece, name, others))
            return null;
        // "Catherine Doyle, sorry, that's Katherine with a K".
        var words = name.Words.Count == 1 && Corrected(before, name.Words[0]) is { } corrected ? corrected : name.Words;
        return new SlotReading(Write(words), words.Count > 1 && others <= FewOthers ? SlotReading.Clear : SlotReading.Likely);
    }

    /// <summary>Whether the one name in an answer is the answer. "I hit a hole in Church Street" has one, too.</summary>
    private static bool IsAnswer(List<Token> piece, NameRun name, int others)
    {
        if (name.Link == NameLink.Sure || others == 0)
            return name.Link == NameLink.None || name.Words.Count > 1 || NameWords.IsCapital(name.Words[0]) || !IsState(name.Words[0].Text);
        var isCapital = NameWords.IsCapital(name.Words[^1]) && (name.From > 0 || name.Words.Count > 1);
        if (piece.Exists(token => AboutNames.Contains(token.Text)))
            return others <= ManyOthers && (isCapital || name.Link == NameLink.Hint || name.Words.Count > 1);
        // "I think I said Lucy when I rang. Lucy Trevelyan."
        if (isCapital && IsSentence(piece, name))
            return true;
        var isState = !isCapital && IsState(name.Words[0].Text);
        return name.Link == NameLink.Hint ? !isState && others <= (name.Words.Count > 1 || isCapital ? SomeOthers : FewOthers) : isCapital && others <= FewOthers;
    }

    /// <summary>"I'm freezing", "it's complicated", "this is ridiculous".</summary>
    private static bool IsState(string word) => word.Length >= ShortestState && !NamesLikeStates.Contains(word) && Array.Exists(StateEndings, end => word.EndsWith(end, StringComparison.Ordinal));

    private static bool IsSentence(List<Token> piece, NameRun name)
    {
        var (from, to) = (name.From, name.To);
        while (from > 0 && !piece[from].IsAfterStop && (NameWords.IsHesitation(piece[from - 1]) || NameWords.Titles.Contains(piece[from - 1].Text)))
            from--;
        while (to < piece.Count && !piece[to].IsAfterStop && piece[to].Text is "please" or "thanks" or "here" or "speaking")
            to++;
        return (from == 0 || piece[from].IsAfterStop) && (to == piece.Count || piece[to].IsAfterStop);
    }

    /// <summary>Whether a word says more than a hesitation, a title or what announces a name.</summary>
    private static bool IsOther(List<Token> piece, int at)
    {
        var token = piece[at];
        // "Hey there", "tom here again".
        if (token.Text == "there" ? piece.WordAt(at - 1) is "hi" or "hey" or "hello" : token.Text == "again" && piece.WordAt(at - 1) == "here")
            return false;
        return token.Kind != TokenKind.Sign && !Words.Fillers.Contains(token.Text) && !NameWords.Titles.Contains(token.Text) && !NameRuns.IsSpelling(piece, at)
            && token.Text is not ("speaking" or "here" or "name" or "my" or "i'm" or "you" or "under" or "for" or "calling" or "yup" or "hey" or "good" or "morning" or "afternoon" or "evening" or "only");
    }

    /// <summary>Without "with a K" and "like the car", and with a "hyphen" as the sign. Null = "Clark with an E": then it is not what was heard, unless it is spelled.</summary>
    private static List<Token>? WithoutRemarks(List<Token> piece)
    {
        var kept = new List<Token>(piece.Count);
        for (var at = 0; at < piece.Count; at++)
        {
            if (piece[at].Text == "with" && piece.WordAt(at + 1) is "a" or "an" && at + 2 < piece.Count && piece[at + 2].IsLetter)
            {
                var letter = piece[at + 2].Text[0];
                if (kept.Count > 0 && !kept[^1].Text.Contains(letter, StringComparison.Ordinal) && NameRuns.Spellings(piece).Count == 0)
                    return null;
                // "Stephen with a p h".
                for (at += 2; at + 1 < piece.Count && piece[at + 1].IsLetter && !piece[at + 1].IsAfterStop; at++)
                {
                }
                continue;
            }
            // "Nadia khan, k for kilo".
            if (piece[at].IsLetter && Letters.AfterWord(piece, at + 1, piece[at].Text[0]) is var after && after > at + 1)
            {
                at = after - 1;
                continue;
            }
            if (kept.Count > 0 && (NameWords.IsName(kept[^1]) || kept[^1].IsLetter) && Likeness.End(piece, at) is var end && end > at)
            {
                at = end - 1;
                continue;
            }
            kept.Add(piece[at].Text is "hyphen" or "dash" && kept.Count > 0 && NameWords.IsName(kept[^1]) ? piece[at] with { Text = "-", Kind = TokenKind.Sign } : piece[at]);
        }
        return kept;
    }

    /// <summary>The name that was said before with the one word that sounds like this one replaced; null = none does.</summary>
    private static IReadOnlyList<Token>? Corrected(List<Token> before, Token word)
    {
        if (NameRuns.Distinct(NameRuns.Of(before)) is not [var run] || run.Words.Count < 2)
            return null;
        var at = run.Words.ToList().FindIndex(old => IsNear(old.Text, word.Text));
        return at < 0 ? null : [.. run.Words.Take(at), word, .. run.Words.Skip(at + 1)];
    }

    /// <summary>At most a third of the letters differ.</summary>
    private static bool IsNear(string one, string other) => EditDistance.Between(one, other) * 3 <= Math.Max(one.Length, other.Length);

    private static string Write(IReadOnlyList<Token> words)
    {
        var name = new StringBuilder();
        foreach (var token in words)
        {
            if (name.Length > 0 && token.Text != "-" && name[^1] != '-')
                name.Append(' ');
            name.Append(NameWords.Capital(token));
        }
        return name.ToString().Trim(' ', '-');
    }
}
