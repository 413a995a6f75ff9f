namespace AsteriskVoiceAi.Calls;

/// <summary>A part of the service without which calls stand still, and which can be asked whether it still goes round.</summary>
public interface IPulse
{
    /// <summary>Name for an operator, such as <c>the media clock</c>.</summary>
    string Part { get; }

    /// <summary>
    /// Ends when the part has done a piece of its own work that was begun after this was called; a part that hangs never ends it.
    /// Asked every few seconds, never twice at once. Must not need a file descriptor that may have run out.
    /// </summary>
    Task BeatAsync(CancellationToken cancellationToken);
}
