using System.Buffers.Binary;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>Keys as named events in RTP (RFC 4733). One press comes as many packets, the last of them three times; it is told once, by the first that gets through.</summary>
internal struct TelephoneEvents
{
    private const string Keys = "0123456789*#ABCD";

    private byte _event;
    private uint _timestamp;
    private bool _ended;
    private bool _any;

    /// <param name="payload">
    /// <code>
    /// |     event     |E|R| volume    |          duration             |
    /// </code>
    /// </param>
    /// <param name="timestamp">When the key went down: the same in all packets of a press.</param>
    /// <returns>The key, if this packet is the first of a press.</returns>
    public char? Add(ReadOnlySpan<byte> payload, uint timestamp)
    {
        if (payload.Length < 4 || payload[0] >= Keys.Length)
            return null;
        var end = (payload[1] & 0x80) != 0;
        var age = (int)(timestamp - _timestamp);
        if (_any && age <= 0)
        {
            // Of the same press, or a straggler of an earlier one.
            _ended |= end && age == 0;
            return null;
        }
        // A key held for more than 65,535 units goes on as a new segment, whose timestamp is that much later (section 2.5.1.3).
        var goesOn = _any && !_ended && payload[0] == _event && age <= ushort.MaxValue && age >= ushort.MaxValue - 1600;
        (_event, _timestamp, _ended, _any) = (payload[0], timestamp, end, true);
        return goesOn ? null : Keys[payload[0]];
    }

    /// <summary>The sender changed, and with it the origin of timestamps.</summary>
    public void StartOver() => _any = false;

}
