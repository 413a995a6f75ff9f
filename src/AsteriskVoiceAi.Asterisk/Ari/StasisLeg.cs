using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>The caller's side of a call over ARI.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The token outlives the call in its handler's hands; the source has no timer, so there is nothing to release.")]
internal sealed class StasisLeg(CallMedia media, ChannelNotes notes, PhoneWatch phone, TimeProvider time) : ICallLeg
{
    /// <summary>More keys than this unread are an impatient thumb; the oldest are dropped.</summary>
    private const int KeysKept = 64;

    private readonly Lock _pressing = new();
    private readonly KeyArbiter _arbiter = new(time);
    private readonly CancellationTokenSource _hungUp = new();
    private readonly Channel<char> _keys = Channel.CreateBounded<char>(new BoundedChannelOptions(KeysKept) { FullMode = BoundedChannelFullMode.DropOldest });
    private volatile bool _handedOver;

    public IAudioLink Audio => media.Audio;

    public ChannelReader<char> Keys => _keys.Reader;

    public CancellationToken HungUp => _hungUp.Token;

    public bool HandedOver => _handedOver;

    public AudioReport? Report => media.Report is { } report ? report with { Phone = phone.Latest } : null;

    public void Note(string variable, string value) => notes.Set(variable, value);

    /// <summary>Asterisk's event says so.</summary>
    public void Press(string digit)
    {
        if (digit is [var key] && (char.IsAsciiDigit(key) || key is '*' or '#' or (>= 'A' and <= 'D')))
            Press(key, KeySource.Events);
    }

    /// <summary>One of the sources says so; what another has said already is left out.</summary>
    public void Press(char key, KeySource source)
    {
        // As one step: else the next key, told by another source, could get past this one.
        lock (_pressing)
        {
            if (_arbiter.Accept(key, source))
                _keys.Writer.TryWrite(key);
        }
    }

    public void EndKeys() => _keys.Writer.TryComplete();

    public void HangUp()
    {
        EndKeys();
        notes.Close();
        // The token is set when this returns; who waits for it runs elsewhere, not on the thread that reads events.
        _ = _hungUp.CancelAsync();
    }

    public void HandOver()
    {
        _handedOver = true;
        HangUp();
    }
}
