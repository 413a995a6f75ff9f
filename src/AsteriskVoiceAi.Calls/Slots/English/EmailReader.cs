namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>E-mail addresses: "tom dot baker at example dot com", and what of them is said again, spelled or taken back.</summary>
internal static class EmailReader
{
    /// <summary>Said of an address that is not to be used.</summary>
    private static readonly HashSet<string> Outdated = new("old changed closed expired deleted hacked wrong defunct dead".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> RemarksOnNumbers = new("with the a an as in is it's that's not and both number numbers digit digits numeral figure figures word words letters spelled spelt written out".Split(' '), StringComparer.Ordinal);

    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        var pieces = Corrections.Split(LetterCounts.Without(EmailWords.Of(tokens)), out _).ConvertAll(piece => EmailStammers.WithoutSigns(EmailSpellings.Joined(piece)));
        var draft = new Draft(null, null);
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i == 0 || !Remarks.SayNothing(pieces[i]))
                draft = Next(draft, pieces[i]);
        }
        return draft.Text is { } text ? new SlotReading(text, pieces.Count > 1 ? SlotReading.Guessed : SlotReading.Likely) : null;
    }

    /// <summary>The address with what the next piece changes of it; what is not understood leaves none.</summary>
    private static Draft Next(Draft before, List<Token> piece)
    {
        if (Whole(piece) is { } found)
            return found.Local is null ? found with { Local = before.Local } : before.Domain is null ? found with { Local = Mended(before.Local, found.Local) } : found;
        var at = piece.FindIndex(EmailParts.IsAt);
        // "…, no, outlook dot com", "…, no, dot co dot uk".
        if (at < 0 && before.Domain is { } domain)
        {
            if (EmailParts.DomainAt(piece, 0) is var (other, _) && !(piece.Count > 0 && EmailParts.IsSign(piece[0])))
                return before with { Domain = other };
            if (EmailParts.DomainAt([new Token("a", "a", TokenKind.Word, false, false), .. piece], 0) is var (ending, _) && ending.StartsWith("a.", StringComparison.Ordinal))
                return before with { Domain = domain.Split('.')[0] + ending[1..] };
        }
        return at < 0 ? new Draft(EmailLocal.Of(piece), null) : new Draft(EmailLocal.Of(piece[..at]), "");
    }

    /// <summary>The last whole address of a piece, or its domain alone; null = neither is in it.</summary>
    private static Draft? Whole(List<Token> piece)
    {
        Draft? found = null;
        var (begin, end) = (0, 0);
        for (var at = 0; at < piece.Count; at++)
        {
            if (!EmailParts.IsAt(piece[at]) || EmailParts.DomainAt(piece, at + 1) is not var (domain, next))
                continue;
            var words = piece[end..at];
            // "Not gmail, it's tom at …" denies no address.
            var isNot = words is [{ Text: "not" }, ..] && !words.Skip(1).Any(token => token.IsAfterStop);
            if (!isNot)
            {
                var last = new Draft(words.Count == 0 ? found?.Local : EmailLocal.Of(words) ?? [], domain);
                found = found?.Text is null || IsSuccessor(found, last, piece[begin..at], words) ? last : last with { Local = [] };
                begin = end;
            }
            (end, at) = (next, next - 1);
        }
        return found is { Local: { Count: > 0 } local } ? found with { Local = Respelled(local, found.Domain!, piece[end..]) } : found;
    }

    /// <summary>"It used to be tom at …, now it's tim at …", or the same again; of any other two nobody knows which one was meant.</summary>
    private static bool IsSuccessor(Draft before, Draft after, List<Token> words, List<Token> between) =>
        between.Count == 0 || before.Text == after.Text || (between[0].Text != "or" && MayReplace(before, after, words, between));

    private static bool MayReplace(Draft before, Draft after, List<Token> words, List<Token> between) =>
        words.Exists(token => token.Text is "old" or "used" or "was") || between.Exists(token => token.Text is "now" or "new" or "instead" or "better" or "use")
        || (after.Local is { } local && EmailSpellings.AreAlike(EmailParts.Text(before.Local!), EmailParts.Text(local)));

    /// <summary>"Graham dot peal at …, that's p e e l": the word that it is about, as it is spelled. Empty where it is about none of them.</summary>
    private static List<Token> Respelled(List<Token> local, string domain, List<Token> after)
    {
        // "… doesn't work any more", "… but I've changed it".
        if (after.Exists(token => Outdated.Contains(token.Text) || (token.Text != "not" && EmailParts.IsRefusing(token.Text))) || after.Where((token, at) => after.Follows(at, "any", "more")).Any())
            return [];
        // "…, but spelled with a p h".
        var isOther = after.Exists(token => token.Text is "but" or "only" or "except") && after.Exists(token => token.Text is "spelled" or "spelt" or "with" or "without");
        if (isOther || IsOtherNumber($"{EmailParts.Text(local)}@{domain}", after))
            return [];
        // "T i m, not t o m".
        foreach (var spelled in after.Where((token, i) => EmailSpellings.IsSpelled(token) && after.ElementAtOrDefault(i - 1).Text != "not"))
        {
            if (domain.Contains(spelled.Text, StringComparison.Ordinal) || EmailParts.Text(local).Contains(spelled.Text, StringComparison.Ordinal))
                continue;
            var alike = Enumerable.Range(0, local.Count).Where(at => EmailSpellings.AreAlike(local[at].Text, spelled.Text)).ToList();
            if (alike is not [var only])
                return [];
            local[only] = spelled;
        }
        return local;
    }

    /// <summary>"Sales at for wheels dot com, the number four", "three rivers, three is a word": told about a number that is written otherwise in the address.</summary>
    private static bool IsOtherNumber(string address, List<Token> after)
    {
        if (after.Exists(token => token.Text == EmailSpellings.Doubtful.Text))
            return true;
        if (!after.TrueForAll(token => DigitsReader.BeginsDigits(token) || RemarksOnNumbers.Contains(token.Text)))
            return false;
        var isWords = address.Any(char.IsAsciiDigit) && after.Exists(token => token.Text is "word" or "words" or "letters" or "spelled" or "spelt" or "written");
        return isWords || after.Exists(token => DigitsReader.BeginsDigits(token) && !address.Contains(EmailParts.Text([token]), StringComparison.Ordinal));
    }

    /// <summary>"Tom baker, no, barker at …", "sam forty two, no, forty three at …": fewer words than before are a part of it.</summary>
    private static List<Token> Mended(List<Token>? before, List<Token> after)
    {
        if (before is { Count: > 1 } && after.Count > 0 && EmailParts.IsSign(before[^1]) && EmailParts.IsSign(after[0]))
            return [.. before[..^1], .. after];
        if (before is null || before.Count <= after.Count || after.Count == 0)
            return after;
        var (isDigits, kept) = (after.TrueForAll(DigitsReader.BeginsDigits), before.Count);
        while (isDigits && kept > 0 && DigitsReader.BeginsDigits(before[kept - 1]))
            kept--;
        if (isDigits)
            return kept < before.Count ? [.. before[..kept], .. after] : [];
        if (after.Count == 2 && EmailParts.IsSign(after[0]) && before[^2].Text == after[0].Text)
            after = after[1..];
        var isLast = after.Count == 1 && EmailSpellings.AreAlike(before[^1].Text, after[0].Text);
        return isLast ? [.. before[..^1], .. after] : [];
    }

    /// <param name="Local">Empty = not understood.</param>
    /// <param name="Domain">Empty = begun and not ended.</param>
    private sealed record Draft(List<Token>? Local, string? Domain)
    {
        public string? Text => Local is { Count: > 0 } && $"{EmailParts.Text(Local)}@{Domain}" is var address && EmailParts.IsAddress(address) ? address : null;
    }
}
