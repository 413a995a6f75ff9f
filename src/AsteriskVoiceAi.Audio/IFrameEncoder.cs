namespace AsteriskVoiceAi.Audio;

/// <summary>Linear samples to the bytes of one codec, for one direction of one call. May carry state from frame to frame; not thread-safe; allocates nothing.</summary>
public interface IFrameEncoder
{
    /// <param name="samples">A whole number of frames at the codec's sample rate.</param>
    /// <returns>Bytes written.</returns>
    int Encode(ReadOnlySpan<short> samples, Span<byte> codes);
}

/// <summary>The bytes of one codec to linear samples, for one direction of one call. May carry state from frame to frame; not thread-safe; allocates nothing.</summary>
public interface IFrameDecoder
{
    /// <returns>Samples written.</returns>
    int Decode(ReadOnlySpan<byte> codes, Span<short> samples);
}
