namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>When a card expires: "oh four twenty seven", "april twenty twenty seven", "08/28", "december this year".</summary>
internal static class ExpiryReader
{
    /// <summary>"Start date", "valid from": the date after it is not the one that is asked for.</summary>
    private static readonly HashSet<string> Starts = Set("from start starts start's started issue issued begins");

    private static readonly HashSet<string> Ends = Set("expires expire expiry expiration expiring ends end end's until till through thru to");

    private static readonly HashSet<string> OfAnotherNumber = Set("cvv cvc security pin back");

    /// <summary>In a longer sentence that has no word about it, figures are something else: "send it up to room two eighteen".</summary>
    private const int FewStrangers = 3;

    private static readonly HashSet<string> About = Set("card month year valid date good");

    public static SlotReading? Read(IReadOnlyList<Token> tokens, SlotQuestion question)
    {
        if (tokens.Any(MoneyReader.IsCurrency) || (Words.Strangers(tokens) > FewStrangers && !tokens.Any(token => (Ends.Contains(token.Text) && token.Text != "to") || About.Contains(token.Text) || (Months.Find(token.Text) is not null && token.Text != "may"))))
            return null;
        if (tokens.Any(token => OfAnotherNumber.Contains(token.Text)) && !tokens.Any(token => Ends.Contains(token.Text)))
            return null;
        var pieces = Corrections.Split(tokens, out _);
        var date = new CardDate(null, null);
        for (var i = 0; i < pieces.Count; i++)
        {
            if (Whole(pieces[i], question) is { } whole)
                date = whole;
            else if (CardDates.Part(pieces[i], question.Now) is { } part)
                date = new CardDate(part.Month ?? date.Month, part.Year ?? date.Year);
            // What took its place was not understood.
            else if (i > 0 && !Remarks.SayNothing(pieces[i]))
                date = new CardDate(null, null);
        }
        return date.Text is { } text ? new SlotReading(text, pieces.Count > 1 ? SlotReading.Guessed : SlotReading.Clear) : null;
    }

    private static CardDate? Whole(List<Token> tokens, SlotQuestion question)
    {
        var segments = AtLabels(tokens);
        var dates = new List<CardDate>();
        if (!segments.Exists(segment => segment.Label == Label.Start))
            return CardDates.Find(tokens, question);
        foreach (var segment in segments)
        {
            if (CardDates.Find(segment.Tokens, question) is { } date)
                dates.Add(date);
            else if (segment.Tokens.Exists(CardDates.IsOfDate))
                return null;
        }
        dates = [.. dates.Distinct().OrderBy(date => date.Text, StringComparer.Ordinal)];
        // "June thirty is the end date and june twenty five is the start date": however they are labelled, a card ends after it began.
        if (dates.Count == 2)
            return dates[1];
        return dates.Count == 1 && segments.Exists(segment => segment.Label == Label.End && CardDates.Find(segment.Tokens, question) is not null) ? dates[0] : null;
    }

    /// <summary>The answer in parts, each with the label before it: "it's | valid from 04/24 and it | expires 04/28".</summary>
    private static List<(Label Label, List<Token> Tokens)> AtLabels(List<Token> tokens)
    {
        List<(Label Label, List<Token> Tokens)> segments = [(Label.None, [])];
        for (var at = 0; at < tokens.Count; at++)
        {
            var label = LabelAt(tokens, at, segments.Exists(segment => segment.Label == Label.Start));
            if (label == Label.None)
                segments[^1].Tokens.Add(tokens[at]);
            else
                segments.Add((label, []));
        }
        return segments;
    }

    private static Label LabelAt(List<Token> tokens, int at, bool hasStart)
    {
        var (word, next) = (tokens[at].Text, tokens.WordAt(at + 1));
        // "Reading from the card", "the end of june", "to the right": none of the labels.
        if (Starts.Contains(word))
            return (word == "start" && next == "of") || (word == "from" && next is "the" or "my" or "here" or "it" or "what" or "where" or "memory") ? Label.None : Label.Start;
        return Ends.Contains(word) && !(word == "end" && next == "of") && (word != "to" || hasStart) ? Label.End : Label.None;
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);

    private enum Label
    {
        None,
        Start,
        End,
    }
}
