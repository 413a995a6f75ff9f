using System.Buffers.Binary;
using System.Text;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>A message of protocol buffers, read by its wire format: field number and type, then a varint, 8, 4 or so many bytes.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public ProtobufMessage(ReadOnlySpan<byte> wire)
    {
        for (var at = 0; at < wire.Length;)
        {
            var tag = Varint(wire, ref at);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(wire, ref at), []));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(wire[at..]), []));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(wire, ref at);
                    _fields.Add((field, 0, wire.Slice(at, length).ToArray()));
                    at += length;
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(wire[at..]), []));
                    at += 4;
                    break;
                default:
                    throw new FormatException($"wire type {tag & 7} at {at}");
            }
        }
    }

    public IEnumerable<ProtobufMessage> Messages(int field) => _fields.Where(each => each.Field == field).Select(each => new ProtobufMessage(each.Bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexString(Bytes(field));

    public ulong Number(int field) => _fields.FirstOrDefault(each => each.Field == field).Number;

    private byte[] Bytes(int field) => _fields.FirstOrDefault(each => each.Field == field).Bytes ?? [];

    private static ulong Varint(ReadOnlySpan<byte> wire, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = wire[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
