using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>The stream that we hear: packets in any order become samples in the caller's time.</summary>
/// <remarks>For the link's loop; counters may be read from any thread. Times in units of the RTP clock.</remarks>
internal sealed class RtpReception
{
    /// <summary>What everybody uses for keys; Asterisk names no other.</summary>
    private const byte EventPayloadType = 101;

    /// <summary>RFC 3389: how the silence sounds. Ours sounds of nothing.</summary>
    private const byte ComfortNoisePayloadType = 13;

    /// <summary>200 ms.</summary>
    private const int MostUnits = MediaFormat.RtpClockRate / 5;

    private readonly MediaFormat _format;
    private readonly ReceiveBuffer _heard;
    private readonly JitterBuffer _jitter;
    private readonly LossConcealment _concealment;
    private readonly int _samplesPerUnit;
    private IFrameDecoder _decoder;
    private TelephoneEvents _events;
    private ReceptionCount _count;
    private long _frames;
    private bool _any;

    public RtpReception(MediaFormat format, ReceiveBuffer heard, TimeSpan jitterMin, TimeSpan jitterMax)
    {
        (_format, _heard) = (format, heard);
        _jitter = new JitterBuffer(MediaFormat.RtpClockRate, jitterMin, jitterMax);
        _concealment = new LossConcealment(format.SampleRate);
        _decoder = format.CreateDecoder();
        _samplesPerUnit = format.SampleRate / MediaFormat.RtpClockRate;
    }

    public JitterBuffer Jitter => _jitter;

    /// <summary>For receiver reports; of the present sender.</summary>
    public ref ReceptionCount Count => ref _count;

    /// <summary>The present sender.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Times that another sender took over.</summary>
    public int SsrcChanges { get; private set; }

    /// <summary>Frames of 20 ms that came and were heard.</summary>
    public long Frames => Volatile.Read(ref _frames) / MediaFormat.RtpFrameUnits;

    /// <summary>Packets whose payload type or length is not what was agreed.</summary>
    public long WrongPayloads { get; private set; }

    /// <summary>The last such type; null = none came.</summary>
    public byte? WrongPayloadType { get; private set; }

    /// <summary>Takes a packet of the peer.</summary>
    /// <returns>A key that went down.</returns>
    public char? Take(in RtpPacket packet, RtpWorkspace workspace, long now)
    {
        var isEvent = packet.PayloadType == EventPayloadType;
        var isAudio = packet.PayloadType == _format.PayloadType;
        var units = packet.Payload.Length / _format.RtpUnitBytes;
        if ((!isAudio && !isEvent && packet.PayloadType != ComfortNoisePayloadType) || (isAudio && units > MostUnits))
        {
            WrongPayloads++;
            WrongPayloadType = packet.PayloadType;
            return null;
        }
        Follow(packet.Ssrc);
        _count.Add(packet.Sequence);
        if (isAudio && units > 0)
            _jitter.Put(packet.Sequence, packet.Timestamp, packet.Payload[..(units * _format.RtpUnitBytes)], units, now);
        else
            _jitter.Put(packet.Sequence, packet.Timestamp, [], 0, now);
        Hear(workspace, now);
        return isEvent ? _events.Add(packet.Payload, packet.Timestamp) : null;
    }

    /// <summary>20 ms have passed: what did not come in time is made up.</summary>
    public void Tick(RtpWorkspace workspace, long now)
    {
        if (_any)
            Hear(workspace, now);
        else
            _heard.Tick();
    }

    private void Hear(RtpWorkspace workspace, long now)
    {
        while (_jitter.TryTake(now, out var piece))
        {
            var samples = workspace.Samples.AsSpan(0, piece.Length * _samplesPerUnit);
            if (piece.IsMissing)
            {
                _concealment.Conceal(samples);
            }
            else
            {
                Decode(piece.Payload, workspace, samples);
                samples = samples[(piece.Skip * _samplesPerUnit)..];
                _concealment.Hear(samples);
                Volatile.Write(ref _frames, _frames + piece.Length - piece.Skip);
            }
            _heard.Write(samples);
        }
    }

    private void Decode(ReadOnlySpan<byte> payload, RtpWorkspace workspace, Span<short> samples)
    {
        if (_format.IsLinear)
        {
            var swapped = workspace.Outgoing.AsSpan(0, payload.Length);
            payload.CopyTo(swapped);
            RtpTransmitter.SwapBytes(swapped);
            payload = swapped;
        }
        _decoder.Decode(payload, samples);
    }

    private void Follow(uint ssrc)
    {
        if (_any && ssrc == Ssrc)
            return;
        if (_any)
        {
            SsrcChanges++;
            _jitter.Reset();
            _decoder = _format.CreateDecoder();
            _events.StartOver();
        }
        (Ssrc, _any, _count) = (ssrc, true, default);
    }
}
