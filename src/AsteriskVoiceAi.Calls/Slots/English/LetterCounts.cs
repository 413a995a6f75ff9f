namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Remarks on the letters of a name or of a word in an e-mail address: "dunn, two n's", "robb with two b's", "jon without an h".</summary>
internal static class LetterCounts
{
    /// <summary>"With an e": once or more.</summary>
    private const int Any = -1;

    /// <summary>"With an i e": told of letters that the remark leaves open.</summary>
    private const int Contradicted = -2;

    /// <summary>The answer without such remarks: with the letter where the word lacked it, with a doubtful word where word and remark contradict each other.</summary>
    public static List<Token> Without(IReadOnlyList<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        var isCounted = false;
        for (var at = 0; at < tokens.Count;)
        {
            if (OfLetter(tokens, at, kept) is { } after)
            {
                at = after;
                continue;
            }
            var isWord = kept.Count > 0 && kept[^1].Kind == TokenKind.Word && kept[^1].Text.Length >= EmailSpellings.ShortestWord;
            if (!isWord || (Lacked(tokens, at, kept) ?? Counted(tokens, at, isCounted)) is not var (letter, count, next))
            {
                isCounted = false;
                kept.Add(tokens[at++]);
                continue;
            }
            kept[^1] = Fit(kept[^1].Text, letter, count) is { } word ? kept[^1] with { Text = word } : EmailSpellings.Doubtful;
            (at, isCounted) = (next, true);
        }
        return kept;
    }

    /// <summary>"W i l, just the one l, s o n", "p h i l, two l's, i p s", "w i l s o n, one l": a remark on the letters before, which get one that is missing. Where it ends; null = there is none.</summary>
    private static int? OfLetter(IReadOnlyList<Token> tokens, int at, List<Token> kept)
    {
        if (kept.Count == 0 || !kept[^1].IsLetter || Counted(tokens, at, isMore: false) is not var (letter, count, next))
            return null;
        bool Is(Token token) => token.IsLetter && token.Text[0] == letter;
        var all = kept.Select((token, i) => !Is(token) ? 0 : i > 0 ? Words.Repeats.GetValueOrDefault(kept[i - 1].Text, 1) : 1).Sum();
        var run = kept.AsEnumerable().Reverse().TakeWhile(Is).Count();
        if (all == 1 && count == 2)
            kept.Insert(kept.FindIndex(Is), kept.Find(Is) with { IsAfterStop = false });
        return all > 0 && (count == all || count == run || (all == 1 && count == 2)) ? next : null;
    }

    /// <summary>"Jon, no h", "without an h". Where the word has the letter, or in a domain, "no" takes something back.</summary>
    private static (char Letter, int Count, int Next)? Lacked(IReadOnlyList<Token> tokens, int at, List<Token> kept)
    {
        var from = tokens[at].Text is "with" or "that's" ? at + 1 : at;
        if (tokens.WordAt(from) is not ("without" or "no"))
            return null;
        var letter = tokens.WordAt(from + 1) is "a" or "an" or "the" ? from + 2 : from + 1;
        if (letter >= tokens.Count || !tokens[letter].IsLetter)
            return null;
        var isRemark = tokens[from].Text == "without" || (!kept.Exists(EmailParts.IsAt) && !kept[^1].Text.Contains(tokens[letter].Text[0], StringComparison.Ordinal));
        return isRemark ? (tokens[letter].Text[0], 0, letter + 1) : null;
    }

    /// <summary>"Two n's", "with a k", "with a double t", "and a y".</summary>
    /// <param name="isMore">Another such remark is right before it.</param>
    private static (char Letter, int Count, int Next)? Counted(IReadOnlyList<Token> tokens, int at, bool isMore)
    {
        var from = at;
        while (tokens.WordAt(from) is "with" or "that's" or "has" or "and" or "only" || (tokens.WordAt(from) is "just" or "the" && (tokens.WordAt(from + 1) == "one" || tokens.Follows(from + 1, "the", "one"))))
            from++;
        var isWith = from > at && (tokens[from - 1].Text is "with" or "has" or "only" or "just" or "the" || (isMore && tokens[from - 1].Text == "and"));
        var hasArticle = tokens.WordAt(from) is "a" or "an" or "one" or "just";
        var number = hasArticle ? from + 1 : from;
        var count = tokens.WordAt(number) switch { "two" or "2" or "double" => 2, "three" or "3" or "triple" => 3, _ => 0 };
        var letter = count > 0 ? number + 1 : number;
        if ((count == 0 && !hasArticle) || letter >= tokens.Count || tokens[letter].Kind != TokenKind.Word)
            return null;
        var isMany = count > 0 && (tokens[letter].Text is [_, '\'', 's'] || tokens[letter].Text is [not ('i' or 'a' or 'u'), 's']);
        // "Carol, one l".
        var isPlain = isWith || AfterPlace(tokens, letter + 1) > letter + 1 || (tokens[from].Text is "one" or "just" && tokens[from].IsAfterStop);
        var isOne = isPlain && tokens[letter].IsLetter && (count == 0 || tokens[number].Text is "double" or "triple");
        if (!isMany && !isOne)
            return null;
        // "Emily with an i e"; more letters spell a word.
        var more = tokens.Skip(letter + 1).TakeWhile(token => token.IsLetter && !token.IsAfterStop).Count();
        if (isOne && more is > 0 and < EmailSpellings.ShortestWord)
            return (tokens[letter].Text[0], Contradicted, letter + 1 + more);
        return (tokens[letter].Text[0], count > 0 ? count : tokens[from].Text is "one" or "just" ? 1 : Any, AfterPlace(tokens, letter + 1));
    }

    /// <summary>"With an e on the end".</summary>
    private static int AfterPlace(IReadOnlyList<Token> tokens, int at) =>
        tokens.WordAt(at) is "on" or "at" or "in" && tokens.WordAt(at + 1) == "the" && tokens.WordAt(at + 2) is "end" or "start" or "front" or "beginning" or "middle" ? at + 3 : at;

    /// <summary>The word with the letter so often, where one place for it is sure: "dun" with two n's is "dunn". Null = none is.</summary>
    private static string? Fit(string word, char letter, int count)
    {
        var (has, isDoubled) = (word.Count(c => c == letter), word.Contains(new string(letter, 2), StringComparison.Ordinal));
        var fits = count switch { Any => has > 0, 1 => has > 0 && !isDoubled, _ => has == count || (count > 1 && word.Contains(new string(letter, count), StringComparison.Ordinal)) };
        if (fits)
            return word;
        return has == 1 && count > 1 ? word.Replace(letter.ToString(), new string(letter, count), StringComparison.Ordinal) : null;
    }
}
