namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>Where a conversation stands: all that the next answer depends on beside the flow. Immutable, so whoever kept one can go back to it.</summary>
internal sealed record ConversationProgress
{
    /// <summary>Turns of the caller so far.</summary>
    public int Turns { get; init; }

    /// <summary>No-input prompts said since the caller last did something.</summary>
    public int NoInputs { get; init; }

    /// <summary>No-match prompts said since the caller was last understood.</summary>
    public int NoMatches { get; init; }

    /// <summary>"Did you want …?"; null = no such question is open.</summary>
    public OpenQuestion? Asked { get; init; }

    /// <summary>The intent that the caller has just said no to.</summary>
    public string? Refused { get; init; }

    /// <summary>Whether the open question is "anything else?", which a yes or a no answers.</summary>
    public bool AskedForMore { get; init; }

    /// <summary>The slot that is being asked for; null = none.</summary>
    public SlotFilling? Filling { get; init; }

    /// <summary>The server that is being asked; null = none.</summary>
    public Enquiry? Enquiry { get; init; }

    /// <summary>What "say that again" says again; null = nothing was said yet.</summary>
    public Reply? Last { get; init; }

    public ConversationState State { get; init; } = new();
}

/// <summary>An intent that the caller was asked about, and how likely it was then.</summary>
/// <param name="Said">What the caller had said; null = no longer known.</param>
/// <param name="Or">The other intent of "Did you want …, or …?"; null = only one was asked about.</param>
internal sealed record OpenQuestion(string Intent, double Confidence, string? Said = null, string? Or = null);
