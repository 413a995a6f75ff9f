using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Which of a list: "the second one", "option two", "press three", "the last".</summary>
internal static class OrdinalReader
{
    private static readonly HashSet<string> Around = new("the very one i'd i'll i i want would like to take go with have choice option please i think that that's it's let's let have could can give me um uh er erm yes yeah choose pick number for a want guess suppose maybe probably of you said mentioned listed just there list on".Split(' '), StringComparer.Ordinal);

    public static SlotReading? Read(IReadOnlyList<Token> tokens)
    {
        if (Words.AsksForTime(tokens) && !tokens.Any(token => token.Text == "the"))
            return null;
        var pieces = Corrections.Split(tokens, out _);
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            if (ReadPiece(pieces[i]) is { } value)
                return pieces.Count > 1 ? value with { Confidence = SlotReading.Guessed } : value;
            // What was taken back is not the answer.
            if (!Remarks.SayNothing(pieces[i]) || Enumerable.Range(0, pieces[i].Count).Any(at => OrdinalAt(pieces[i], at) is not null))
                return null;
        }
        return null;
    }

    /// <summary>A number of 1 to 31 as it is counted: second, 2nd, twenty-first.</summary>
    public static (int Value, int Next)? OrdinalAt(IReadOnlyList<Token> tokens, int at)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Mixed && token.Text.Length is 3 or 4 && token.Text[^2..] is "st" or "nd" or "rd" or "th" && int.TryParse(token.Text[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var figure))
            return (figure, at + 1);
        if (Words.Ordinals.TryGetValue(Single(token.Text), out var ordinal))
            return (ordinal, at + 1);
        if (token.Text is not ("twenty" or "thirty"))
            return null;
        var next = tokens.WordAt(at + 1) == "-" ? at + 2 : at + 1;
        return Words.Ordinals.TryGetValue(Single(tokens.WordAt(next)), out var unit) && unit < 10 ? (Words.Tens[token.Text] + unit, next + 1) : null;
    }

    /// <summary>A word that may stand around a place and nothing else: "I think", "you said".</summary>
    public static bool IsAround(string word) => Around.Contains(word);

    /// <summary>0 to 99, in words or figures.</summary>
    public static string? Count(IReadOnlyList<Token> tokens, int at) =>
        Cardinal.At(tokens, at) is var (value, _) && value is >= 0 and < 100 && decimal.IsInteger(value) ? value.ToString("0", CultureInfo.InvariantCulture) : null;

    /// <summary>"Eighths" is what "eighth" is heard as; "seconds" are time.</summary>
    private static string Single(string word) => word.EndsWith("ths", StringComparison.Ordinal) ? word[..^1] : word;

    private static SlotReading? ReadPiece(List<Token> tokens)
    {
        var places = PlaceMentions.Find(tokens);
        // "The second or the third": of two places nobody knows which one was meant.
        if (places.Count > 0)
            return places is [{ Place: { } place, IsAnnounced: var isAnnounced }] ? new SlotReading(place, isAnnounced ? SlotReading.Clear : SlotReading.Likely) : null;
        return Alone(tokens) is { } alone ? new SlotReading(alone, SlotReading.Clear) : null;
    }

    /// <summary>A place that is all of the answer: "first", "two", "the third, I think", "I'll take the last".</summary>
    private static string? Alone(List<Token> tokens)
    {
        if (tokens.Exists(token => PlaceMentions.IsLast(token.Text)) && tokens.TrueForAll(token => PlaceMentions.IsLast(token.Text) || Around.Contains(token.Text)))
            return PlaceMentions.Last;
        string? found = null;
        for (var at = 0; at < tokens.Count;)
        {
            if (OrdinalAt(tokens, at) is var (value, next))
            {
                var said = value.ToString(CultureInfo.InvariantCulture);
                if (found is not null && found != said)
                    return null;
                found = said;
                at = next;
                continue;
            }
            // A bare "two" is an answer; "one" after an ordinal is not.
            if (found is null && IsCounted(tokens, at) && Count(tokens, at) is { } counted)
                found = counted;
            else if (!Around.Contains(tokens[at].Text) && tokens[at].Text is not ("thing" or "entry" or "first"))
                return null;
            at++;
        }
        return found;
    }

    private static bool IsCounted(List<Token> tokens, int at) =>
        (tokens.Count <= 3 || tokens.Where((_, i) => i != at).All(token => Around.Contains(token.Text))) && !(tokens[at].Text == "one" && at > 0 && tokens[at - 1].Text is "the" or "that" or "this");
}
