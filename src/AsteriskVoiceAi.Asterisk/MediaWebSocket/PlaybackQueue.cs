using System.Net.WebSockets;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>
/// Decides what goes out on a media socket, and knows what of it the caller has heard. No I/O: the link's sender asks for
/// <see cref="Next"/> until there is nothing, and reports the marks that come back.
/// </summary>
/// <remarks>
/// Asterisk keeps up to 1000 frames of 20 ms and plays them by its own timer. Audio goes out in blocks, each followed by a
/// mark, which Asterisk sends back when everything before it was played:
/// <code>audio 200 ms | mark 1 | audio 200 ms | mark 2 | audio 80 ms (end of a playback) | mark 3 | next playback …</code>
/// Positions are samples on the wire since the last flush. Thread-safe.
/// </remarks>
internal sealed class PlaybackQueue(MediaFormat format, TimeProvider time)
{
    /// <summary>Frames a message: 200 ms of G.711 are 1600 bytes, one packet or two, and one mark.</summary>
    private const int MostFramesABlock = 10;

    /// <summary>Asterisk hangs up on a message over 65,535 bytes; 10 frames of 192 kHz would be 76,800.</summary>
    private const int MostBytes = 60_000;

    /// <summary>Sent ahead of the caller's ear: 5 s. Longer than any pause of this process, far from Asterisk's limit of 20 s, and cheap to send again.</summary>
    private const int SecondsAhead = 5;

    /// <summary>A rest that fills no frame waits for the next playback's first samples while this many frames (60 ms) are still to be played.</summary>
    private const int FramesHeldBack = 3;

    /// <summary>
    /// With an empty queue Asterisk sends the caller no RTP at all. One frame of silence a second (50 ticks) keeps NAT
    /// pinholes and <c>rtp_timeout</c> of phones and gateways content, as with any phone that suppresses silence, and
    /// can delay a reply that comes right after it by 20 ms at the most. A steady 50 frames a second would queue up whenever
    /// this process and Asterisk's timer drift apart, and each queued frame delays the next reply.
    /// </summary>
    private const int SilenceEveryTicks = 50;

    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly LinkedList<Playback> _playbacks = [];
    private readonly Queue<(long Mark, long Wire, int Frames)> _marks = [];
    private readonly short[] _samples = new short[FramesABlock(format) * format.FrameSamples];
    private readonly IFrameEncoder _encoder = format.CreateEncoder();
    private long _lastMark;
    private long _wire;
    private long _played;
    private long _playedAt;
    private long _sent;
    private long _consumed;
    private int _framesSinceMark;
    private int _idleTicks;
    private bool _markDue;
    private bool _flushDue;
    private bool _silenceDue;
    private bool _holding;
    private bool _full;
    private bool _ended;

    /// <summary>Samples of one message at the most.</summary>
    public int Block => _samples.Length;

    /// <summary>Bytes of one message at the most.</summary>
    public int BlockBytes => FramesABlock(format) * format.FrameBytes;

    /// <summary>Samples on the wire that the caller has not heard yet, at the most.</summary>
    public int Ahead => SecondsAhead * format.SampleRate;

    /// <summary>Frames given to Asterisk, silence included.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Frames that Asterisk took out of its queue to send to the caller, as the marks behind them tell.</summary>
    public long Consumed => Volatile.Read(ref _consumed);

    public enum TickResult
    {
        Nothing,
        Send,
        Stalled,
    }

    /// <summary>Puts samples behind what is queued; null when the link has ended.</summary>
    public Playback? Add(ReadOnlyMemory<short> samples)
    {
        lock (_gate)
        {
            if (_ended)
                return null;
            var playback = new Playback(samples);
            _playbacks.AddLast(playback);
            _silenceDue = false;
            _idleTicks = 0;
            return playback;
        }
    }

    /// <summary>Writes the next message to send into <paramref name="buffer"/>, which holds at least <see cref="BlockBytes"/>; 0 = nothing for now.</summary>
    public (WebSocketMessageType Type, int Length) Next(Span<byte> buffer)
    {
        lock (_gate)
        {
            if (_ended)
                return default;
            if (_flushDue)
            {
                _flushDue = false;
                MediaMessages.Flush.CopyTo(buffer);
                return (WebSocketMessageType.Text, MediaMessages.Flush.Length);
            }
            if (_markDue)
            {
                _markDue = false;
                _marks.Enqueue((++_lastMark, _wire, _framesSinceMark));
                _framesSinceMark = 0;
                return (WebSocketMessageType.Text, MediaMessages.WriteMark(_lastMark, buffer));
            }
            if (_silenceDue)
            {
                // Its mark proves while nothing plays that Asterisk still takes our audio.
                (_silenceDue, _markDue) = (false, true);
                Count(1);
                _samples.AsSpan(0, format.FrameSamples).Clear();
                return (WebSocketMessageType.Binary, _encoder.Encode(_samples.AsSpan(0, format.FrameSamples), buffer));
            }
            return (WebSocketMessageType.Binary, NextAudio(buffer));
        }
    }

    /// <summary>Asterisk has played everything before this mark.</summary>
    public void MarkPlayed(long mark)
    {
        lock (_gate)
        {
            // A mark that a flush threw away may still have been on its way to us: it is no longer in the list.
            while (_marks.TryPeek(out var oldest) && oldest.Mark <= mark)
            {
                _marks.Dequeue();
                _played = oldest.Wire;
                _consumed += oldest.Frames;
                _playedAt = time.GetTimestamp();
            }
            CompletePlayed(_played);
        }
    }

    /// <summary>XOFF and XON. Never reached with 5 s ahead, but it is Asterisk's to say.</summary>
    public void SetFull(bool full)
    {
        lock (_gate)
            _full = full;
    }

    /// <summary>Ends one playback now, with what was heard of it; what is queued behind it follows at once.</summary>
    public void Stop(Playback playback)
    {
        lock (_gate)
        {
            if (playback.Done.IsCompleted)
                return;
            var now = Estimate();
            var heard = playback.HeardAt(now);
            _playbacks.Remove(playback);
            playback.Complete(heard);
            if (playback.Fed > heard)
                Flush(now);
        }
    }

    /// <summary>The link is gone: everything ends with what was heard of it.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            var now = Estimate();
            foreach (var playback in _playbacks)
                playback.Complete(playback.HeardAt(now));
            _playbacks.Clear();
        }
    }

    /// <summary>Called every 20 ms.</summary>
    public TickResult Tick()
    {
        lock (_gate)
        {
            if (_ended)
                return TickResult.Nothing;
            if (_playbacks.Count > 0 && _marks.TryPeek(out var next) && time.GetElapsedTime(_playedAt) > Duration(next.Wire - _played) + StallLimit)
                return TickResult.Stalled;
            if (_holding)
                return TickResult.Send;
            if (_playbacks.Count > 0 || ++_idleTicks < SilenceEveryTicks)
                return TickResult.Nothing;
            _idleTicks = 0;
            _silenceDue = true;
            return TickResult.Send;
        }
    }

    private int NextAudio(Span<byte> buffer)
    {
        _holding = false;
        var current = Unfed();
        if (current is null || _full || _wire - Estimate() >= Ahead)
            return 0;
        var left = current.Value.Length - current.Value.Fed;
        if (left < format.FrameSamples && current.Next is null && _wire - Estimate() > FramesHeldBack * format.FrameSamples)
        {
            _holding = true;
            return 0;
        }
        if (_wire == _played)
            _playedAt = time.GetTimestamp();
        var count = Fill(current);
        _wire += count;
        _markDue = true;
        Count(count / format.FrameSamples);
        return _encoder.Encode(_samples.AsSpan(0, count), buffer);
    }

    /// <summary>
    /// Fills whole frames. A block ends with the frame in which a playback ends, so that its mark comes back then; that frame
    /// is filled with the next playback's first samples, or with silence (Asterisk drops what fills no frame).
    /// </summary>
    private int Fill(LinkedListNode<Playback>? node)
    {
        var count = 0;
        var most = Block;
        while (node is not null && count < most)
        {
            var taken = node.Value.Take(most - count, _wire + count);
            taken.CopyTo(_samples.AsSpan(count));
            count += taken.Length;
            if (node.Value.Fed == node.Value.Length)
                most = (count + format.FrameSamples - 1) / format.FrameSamples * format.FrameSamples;
            node = node.Next;
        }
        _samples.AsSpan(count, most - count).Clear();
        return most;
    }

    private LinkedListNode<Playback>? Unfed()
    {
        for (var node = _playbacks.First; node is not null; node = node.Next)
        {
            if (node.Value.Fed < node.Value.Length)
                return node;
        }
        return null;
    }

    private void Flush(long now)
    {
        foreach (var playback in _playbacks)
            playback.Rewind(playback.HeardAt(now));
        _marks.Clear();
        _framesSinceMark = 0;
        _markDue = false;
        _flushDue = true;
        _full = false;
        _wire = 0;
        _played = 0;
        for (var node = _playbacks.First; node is not null && node.Value.Fed == node.Value.Length; node = _playbacks.First)
        {
            node.Value.Complete(node.Value.Length);
            _playbacks.Remove(node);
        }
    }

    private static int FramesABlock(MediaFormat format) => Math.Min(MostFramesABlock, MostBytes / format.FrameBytes);

    private void Count(int frames)
    {
        _sent += frames;
        _framesSinceMark += frames;
    }

    private void CompletePlayed(long wire)
    {
        while (_playbacks.First is { Value: var first } && first.Fed == first.Length && first.HeardAt(wire) == first.Length)
        {
            first.Complete(first.Length);
            _playbacks.RemoveFirst();
        }
    }

    /// <summary>What Asterisk has played by now: the last mark plus the time since, but not beyond the mark that has not come.</summary>
    private long Estimate()
    {
        if (_wire == _played)
            return _played;
        var limit = _marks.TryPeek(out var next) ? next.Wire : _wire;
        return Math.Min(limit, _played + (long)(time.GetElapsedTime(_playedAt).TotalSeconds * format.SampleRate));
    }

    private TimeSpan Duration(long samples) => TimeSpan.FromSeconds((double)samples / format.SampleRate);
}
