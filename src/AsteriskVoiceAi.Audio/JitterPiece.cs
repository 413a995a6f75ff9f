namespace AsteriskVoiceAi.Audio;

/// <summary>What is to be heard next: a packet, or (<see cref="IsMissing"/>) a stretch that has to be made up. Valid until the buffer is used again.</summary>
/// <param name="payload">The packet's bytes, still encoded; empty = missing.</param>
/// <param name="skip">Units of the packet's beginning whose time has been made up already: to be decoded, but not heard.</param>
/// <param name="length">Units of the RTP clock, <paramref name="skip"/> included.</param>
public readonly ref struct JitterPiece(ReadOnlySpan<byte> payload, int skip, int length)
{
    public ReadOnlySpan<byte> Payload { get; } = payload;

    public int Skip { get; } = skip;

    public int Length { get; } = length;

    public bool IsMissing => Payload.IsEmpty;
}
