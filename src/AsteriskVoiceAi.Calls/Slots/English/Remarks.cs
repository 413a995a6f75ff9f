namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Words around a value that tell nothing about it.</summary>
internal static class Remarks
{
    private static readonly HashSet<string> Idle = new(
        "if all it correct fine good great lovely perfect cheers ta mate love about noise i think guess suppose reckon was you very much bye so do will can be would that'll that'd does job could a bit long with have go for me what i'd i'll said".Split(' '),
        StringComparer.Ordinal);

    /// <summary>"That's right", "if that's okay": what was said before it stays. Anything else after a correction takes its place.</summary>
    public static bool SayNothing(IReadOnlyList<Token> tokens) => tokens.All(token => token.Kind == TokenKind.Sign || Words.Fillers.Contains(token.Text) || Idle.Contains(token.Text));
}
