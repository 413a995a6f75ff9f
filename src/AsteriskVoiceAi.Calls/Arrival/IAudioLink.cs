namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Audio in and out of one leg: 16-bit linear mono at <see cref="SampleRate"/>, whatever codec the wire has.</summary>
/// <remarks>One reader; playing is safe from any thread. Counting of time in the audio path is by samples.</remarks>
public interface IAudioLink
{
    /// <summary>Hz, the same in both directions; 8000 for G.711.</summary>
    int SampleRate { get; }

    /// <summary>
    /// Waits for the caller's next audio and copies it. When the caller's side sends nothing (a muted phone, a lost packet)
    /// silence is given at the pace of the clock, so time never stands still. Allocates nothing.
    /// </summary>
    /// <returns>Samples written, at most one frame of 20 ms; 0 = the link has ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken);

    /// <summary>
    /// Plays after what is queued already; two calls in a row play without a gap between them. The samples must not change until the task ends.
    /// </summary>
    /// <param name="stop">Cancelled = this playback stops at once and what is left of it is dropped, also on the far side.</param>
    /// <returns>How many samples the caller was sent: all of them, or fewer when stopped or when the link ended. Never throws for either.</returns>
    Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop);
}
