namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>An answer's words with those joined that are one name.</summary>
internal static class NameTokens
{
    private static readonly HashSet<string> AfterO = new(
        "brien bryan connor connell neill neil neal reilly riley rourke shea sullivan hara hare keefe keeffe leary malley toole donnell donoghue donovan dowd driscoll dwyer flaherty grady hagan halloran hanlon kane callaghan mahony mahoney meara gorman loughlin regan".Split(' '), StringComparer.Ordinal);

    /// <summary>"O brien", "d apostrophe angelo", "T.E. Gray".</summary>
    public static List<Token> Joined(IReadOnlyList<Token> tokens)
    {
        var joined = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            var name = tokens[at].IsLetter && tokens.WordAt(at + 1) == "apostrophe" ? at + 2 : at + 1;
            var isPrefix = tokens[at].IsLetter && name < tokens.Count && !tokens[name].IsAfterStop && (name > at + 1 ? NameWords.IsName(tokens[name]) : tokens[at].Text == "o" && AfterO.Contains(tokens[name].Text));
            if (isPrefix)
            {
                joined.Add(tokens[at] with { Text = $"{tokens[at].Text}'{tokens[name].Text}", Raw = $"{tokens[at].Raw}'{tokens[name].Raw}" });
                at = name;
            }
            else if (!(tokens[at].Text == "." && at > 0 && tokens[at - 1].IsLetter))
            {
                joined.Add(tokens[at]);
            }
        }
        return joined;
    }
}
