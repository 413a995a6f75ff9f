namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Letters as they are spelled: plainly, by their names, in the NATO alphabet, "b as in bravo".</summary>
internal static class Letters
{
    private static readonly Dictionary<string, char> Names = Table(
        "ay=a eh=a bee=b be=b see=c sea=c cee=c dee=d ee=e eff=f ef=f gee=g jee=g aitch=h haitch=h eye=i jay=j kay=k el=l ell=l em=m en=n pee=p pea=p cue=q queue=q que=q ar=r are=r ess=s es=s "
        + "tee=t tea=t you=u yu=u vee=v ex=x why=y wye=y zee=z zed=z");

    private static readonly Dictionary<string, char> Nato = Table(
        "alpha=a alfa=a bravo=b charlie=c delta=d echo=e foxtrot=f golf=g hotel=h india=i juliet=j juliett=j juliette=j kilo=k lima=l mike=m november=n oscar=o papa=p quebec=q romeo=r sierra=s "
        + "tango=t uniform=u victor=v whiskey=w whisky=w xray=x x-ray=x yankee=y zulu=z");

    /// <summary>Letters whose names a telephone line makes one of.</summary>
    private static readonly string[] Rhymes = ["bcdegptvz", "fsx", "sz", "mn", "ajk"];

    /// <summary>What a letter is heard as is short: "deed for david".</summary>
    private const int LongestLetterName = 4;

    private static readonly HashSet<string> Sizes = new(["capital", "uppercase", "lowercase", "upper", "lower", "case", "big", "small", "little", "letter"], StringComparer.Ordinal);

    /// <summary>A letter that begins at a place, and where it ends.</summary>
    /// <param name="isName">Letters written as words count, such as "see" and "why".</param>
    /// <returns>Null = none.</returns>
    public static (string Text, int Next, double Confidence)? At(IReadOnlyList<Token> tokens, int at, bool isName = true)
    {
        var token = tokens[at];
        if (Sizes.Contains(token.Text) && at + 1 < tokens.Count)
            return At(tokens, at + 1, isName);
        if (Words.Repeats.TryGetValue(token.Text, out var times) && at + 1 < tokens.Count)
        {
            // W is said much more often than two U are.
            if (tokens[at + 1].Text is "u" or "you")
                return AsIn(tokens, at + 2, 'w', token.Text == "double") ?? ("W", at + 2, SlotReading.Clear);
            return At(tokens, at + 1, isName) is var (repeated, after, likely) && repeated.Length == 1 ? (new string(repeated[0], times), after, likely) : null;
        }
        if (tokens.Follows(at, "x", "-", "ray") || tokens.Follows(at, "x", "ray"))
            return ("X", at + (tokens[at + 1].Text == "-" ? 3 : 2), SlotReading.Clear);
        // "H's in hotel", as "h as in" is heard.
        if (token.Text is [var lettered, '\'', 's'] && tokens.WordAt(at + 1) == "in" && tokens.WordAt(at + 2) is [var initial, _, ..])
            return (char.ToUpperInvariant(initial).ToString(), at + 3, initial == lettered ? SlotReading.Clear : SlotReading.Likely);
        // "N for, n for nelly", "s, s for sugar": begun again.
        var again = tokens.WordAt(at + 1) == "for" ? at + 2 : at + 1;
        if (token.IsLetter && tokens.WordAt(again) == token.Text && tokens[again].IsAfterStop && AsInLength(tokens, again + 1) > 0)
            return At(tokens, again, isName);
        // "G, golf" is one letter.
        if (isName && token.IsLetter && Nato.TryGetValue(tokens.WordAt(at + 1), out var same) && same == token.Text[0])
            return (token.Text.ToUpperInvariant(), at + 2, SlotReading.Likely);
        if (token.IsLetter)
            return AsIn(tokens, at + 1, token.Text[0], isLetter: true) ?? (token.Text.ToUpperInvariant(), at + 1, SlotReading.Clear);
        if (Nato.TryGetValue(token.Text, out var nato))
            return (tokens.WordAt(at + 2) == "in" ? AsIn(tokens, at + 1, nato, isLetter: true) : null) ?? (char.ToUpperInvariant(nato).ToString(), at + 1, SlotReading.Clear);
        if (NearNato(tokens, at))
            return (char.ToUpperInvariant(token.Text[0]).ToString(), at + 1, SlotReading.Guessed);
        var named = Names.GetValueOrDefault(token.Text);
        if (AsIn(tokens, at + 1, named == default ? token.Text[0] : named, isLetter: named != default || MayBeName(tokens, at)) is { } spelled)
            return spelled;
        return isName && named != default ? (char.ToUpperInvariant(named).ToString(), at + 1, SlotReading.Likely) : null;
    }

    /// <summary>"Capital", "lower case": words about a letter.</summary>
    public static bool IsSize(string word) => Sizes.Contains(word);

    /// <summary>A letter written as a word: "bee", "why".</summary>
    public static bool IsName(string word) => Names.ContainsKey(word);

    /// <summary>Letters and digits that are words of any sentence as well: "are you okay" is no code.</summary>
    public static bool MayBeWord(Token token) =>
        token.Kind == TokenKind.Word && !Words.Units.ContainsKey(token.Text) && token.Text is not ("nought" or "naught")
        && (token.Text is "a" or "i" || Words.IsZero(token.Text) || IsName(token.Text) || Words.SoundsLikeDigit(token.Text) is not null || Words.Fillers.Contains(token.Text) || Words.Carriers.Contains(token.Text));

    /// <summary>A word of the radio alphabet.</summary>
    public static bool IsNato(string word) => Nato.ContainsKey(word);

    /// <summary>"555P for Peter": where the word for a letter that is written already ends; the same place = there is none.</summary>
    public static int AfterWord(IReadOnlyList<Token> tokens, int at, char letter) => AsIn(tokens, at, char.ToLowerInvariant(letter), isLetter: true) is var (text, next, _) && text[0] == char.ToUpperInvariant(letter) ? next : at;

    /// <summary>"O as in orange", "o for orange", "o oscar": certainly the letter; "o for one" are the digits 0, 4 and 1.</summary>
    public static bool IsSpelledO(IReadOnlyList<Token> tokens, int at) =>
        tokens.Follows(at + 1, "as", "in") || tokens.Follows(at, "o", "oscar") || (tokens[at].Text == "o" && AsIn(tokens, at + 1, 'o', isLetter: true) is not null);

    /// <summary>
    /// "… as in bravo", "… for bravo", "… like bravo": the word's first letter, which is heard better than the letter. "For" counts only
    /// where the letter is the word's, since it may be a 4.
    /// </summary>
    private static (string Text, int Next, double Confidence)? AsIn(IReadOnlyList<Token> tokens, int at, char letter, bool isLetter)
    {
        var word = AsInLength(tokens, at) is var length and > 0 ? at + length : -1;
        // "Z for to one" are digits.
        if (word < 0 || word >= tokens.Count || tokens[word].Kind != TokenKind.Word || tokens[word].Text.Length < 2 || tokens[word].Text is "to" or "too" or "for" or "won" or "ate")
            return null;
        var first = tokens[word].Text[0];
        if (tokens.WordAt(at) == "as")
            return (char.ToUpperInvariant(first).ToString(), word + 1, first == letter ? SlotReading.Clear : SlotReading.Likely);
        // "C for david" was d; "b for delta" may be b, 4 and d.
        var isHeardAlike = isLetter && SoundAlike(first, letter) && !Nato.ContainsKey(tokens[word].Text);
        if (!isLetter || (first != letter && !isHeardAlike) || Words.Units.ContainsKey(tokens[word].Text))
            return null;
        return (char.ToUpperInvariant(first).ToString(), word + 1, first == letter ? SlotReading.Clear : SlotReading.Likely);
    }

    /// <summary>How many words say that another one follows which begins with the letter; "is in" is how "as in" is misheard.</summary>
    private static int AsInLength(IReadOnlyList<Token> tokens, int at) =>
        tokens.Follows(at, "as", "in") || tokens.Follows(at, "is", "in") || tokens.Follows(at, "is", "for") || tokens.Follows(at, "like", "in") || tokens.Follows(at, "like", "a") || tokens.Follows(at, "like", "an") ? 2 : tokens.WordAt(at) is "like" or "for" ? 1 : 0;

    /// <summary>"Gulf hotel", "lina bravo": beside another word of the radio alphabet, and a letter or two away from one.</summary>
    private static bool NearNato(IReadOnlyList<Token> tokens, int at)
    {
        var word = tokens[at].Text;
        return tokens[at].Kind == TokenKind.Word && word.Length >= 4 && (IsNato(tokens.WordAt(at - 1)) || IsNato(tokens.WordAt(at + 1)))
            && Nato.Keys.Any(nato => nato[0] == word[0] && EditDistance.Between(nato, word) <= (word.Length == 4 ? 1 : 2));
    }

    /// <summary>"Deed for david"; "set for set" may be anything.</summary>
    private static bool MayBeName(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Text.Length <= LongestLetterName && tokens.WordAt(at + 2) is var word && word.Length >= LongestLetterName && word != tokens[at].Text;

    /// <summary>Whether one may be heard as the other.</summary>
    public static bool SoundAlike(char one, char other) => Array.Exists(Rhymes, rhyme => rhyme.Contains(one) && rhyme.Contains(other));

    private static Dictionary<string, char> Table(string pairs) => pairs.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1][0], StringComparer.Ordinal);
}
