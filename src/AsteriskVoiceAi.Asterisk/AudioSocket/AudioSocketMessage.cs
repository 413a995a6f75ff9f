using System.Buffers;
using System.Buffers.Binary;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>First byte of a message.</summary>
internal enum AudioSocketKind : byte
{
    HangUp = 0x00,
    Uuid = 0x01,
    /// <summary>Sent by nobody known, named in the first protocol description; carries nothing.</summary>
    Silence = 0x02,
    Key = 0x03,
    /// <summary>16-bit little-endian mono at 8 kHz; 0x11 to 0x18 are the same at 12, 16, 24, 32, 44.1, 48, 96 and 192 kHz.</summary>
    Slin8 = 0x10,
    Slin192 = 0x18,
    Error = 0xff,
}

/// <summary>One message: 1 byte kind, 2 bytes length (big-endian), payload.</summary>
internal readonly ref struct AudioSocketMessage
{
    public const int HeaderLength = 3;

    /// <summary>20 ms at 192 kHz are 7,680 bytes; nobody who speaks this protocol sends more at once.</summary>
    public const int MaxPayload = 8192;

    /// <summary>Formats of the kinds 0x10 to 0x18, in this order.</summary>
    public static IReadOnlyList<MediaFormat> Formats { get; } =
    [
        MediaFormat.Slin, MediaFormat.Slin12, MediaFormat.Slin16, MediaFormat.Slin24, MediaFormat.Slin32,
        MediaFormat.Slin44, MediaFormat.Slin48, MediaFormat.Slin96, MediaFormat.Slin192,
    ];

    public AudioSocketKind Kind { get; private init; }

    public ReadOnlySequence<byte> Payload { get; private init; }

    /// <summary>Takes the next whole message off the buffer.</summary>
    /// <exception cref="AudioSocketException">The length is over the limit.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, out AudioSocketMessage message)
    {
        message = default;
        if (buffer.Length < HeaderLength)
            return false;
        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[1..]);
        if (length > MaxPayload)
            throw new AudioSocketException($"a message of kind 0x{header[0]:x2} and {length} bytes came; the limit is {MaxPayload}");
        if (buffer.Length < HeaderLength + length)
            return false;
        message = new AudioSocketMessage { Kind = (AudioSocketKind)header[0], Payload = buffer.Slice(HeaderLength, length) };
        buffer = buffer.Slice(HeaderLength + length);
        return true;
    }

    /// <summary>Kind of the messages that carry this format.</summary>
    /// <exception cref="ArgumentException">None does.</exception>
    public static AudioSocketKind KindOf(MediaFormat format)
    {
        for (var i = 0; i < Formats.Count; i++)
        {
            if (Formats[i] == format)
                return AudioSocketKind.Slin8 + (byte)i;
        }
        throw new ArgumentException($"AudioSocket carries no {format.Name}.", nameof(format));
    }

    public static void WriteHeader(Span<byte> target, AudioSocketKind kind, int length)
    {
        target[0] = (byte)kind;
        BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)length);
    }
}
