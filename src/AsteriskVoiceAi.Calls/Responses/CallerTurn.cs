namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>What the caller did, as far as a conversation cares.</summary>
internal abstract record CallerTurn
{
    private CallerTurn() { }

    /// <summary>The call begins.</summary>
    public sealed record Start : CallerTurn;

    /// <param name="Confidence">0 to 1, the recogniser's.</param>
    public sealed record Heard(string Text, double Confidence) : CallerTurn;

    /// <param name="Pressed">All keys of one entry, e.g. <c>1</c> or <c>12</c>.</param>
    public sealed record Keys(string Pressed) : CallerTurn;

    public sealed record NoInput : CallerTurn;
}
