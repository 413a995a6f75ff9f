using System.Globalization;
using System.Net;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>
/// One phone that makes one call: speaks, presses keys and records what it hears, with the exact time of each.
/// It sends a packet every 20 ms from the answer on, as phones do, unless told to be muted.
/// </summary>
/// <remarks>
/// Thread-safe. Times are those of packets: a sample was said when its packet left, and heard when its packet arrived plus its place in it.
/// All waits end with a <see cref="TimeoutException"/> that tells what this caller knows.
/// </remarks>
public sealed class SipCaller : IAsyncDisposable
{
    /// <summary>Loudness (root mean square of 20 ms) from which on something is a sound: -41 dB of full scale.</summary>
    public const double SoundLevel = 300;

    private readonly SipCallerOptions _options;
    private readonly RtpLine _line;
    private readonly SipDialog _dialog;
    private readonly RtpSender _sender;
    private readonly Hearing _hearing;
    private readonly Waits _waits;
    private string _extension = "";
    private PhoneCodec _codec;
    private DialResult? _result;
    private bool _disposed;

    /// <param name="server">Where Asterisk takes SIP.</param>
    public SipCaller(IPEndPoint server, SipCallerOptions? options = null)
    {
        _options = options ?? new();
        _waits = new(ToString);
        _codec = PhoneCodec.Of(_options.Codec);
        _hearing = new(_codec);
        _line = new(_options.Address, Hear);
        _line.Impair(_options.Impairment);
        _sender = new(_line, _codec) { Muted = !_options.SendsAudio };
        _dialog = new(server, _options, Media())
        {
            MediaKnown = target => _sender.Target = target,
            Changed = OnSignalling,
        };
        PacingThread.Shared.Subscribe(OnBeat);
    }

    /// <summary>Sends no RTP at all while true; what is being said waits.</summary>
    public bool Muted
    {
        get => _sender.Muted;
        set => _sender.Muted = value;
    }

    /// <summary>Hz of what is said and heard: 16000 for G.722, else 8000.</summary>
    public int SampleRate => _codec.SampleRate;

    public bool IsUp => _dialog.Up;

    /// <summary>SIP's name of the call, which Asterisk knows as CHANNEL(pjsip,call-id).</summary>
    public string CallId => _dialog.CallId;

    /// <summary>How the call ended, or null.</summary>
    public Hangup? Ended => _dialog.Ended;

    /// <summary>Everything heard so far.</summary>
    public Recording Heard => _hearing.All;

    public HeardStatistics Statistics => _hearing.Statistics;

    /// <summary>Every packet of sound so far, in the order of arrival.</summary>
    public IReadOnlyList<HeardPacket> HeardPackets => _hearing.Packets;

    /// <summary>What became of our packets since the last <see cref="Impair"/>.</summary>
    public ImpairmentCounts Impaired => _line.Counts;

    /// <summary>Keys pressed by the other side.</summary>
    public string HeardDigits => _hearing.Digits;

    public int SentPackets => _sender.Packets;

    /// <summary>Calls an extension. A refusal is a result, not an exception; cancelling the token hangs up while it rings.</summary>
    public async Task<DialResult> DialAsync(string extension, TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        _extension = extension;
        _result = await _dialog.InviteAsync(extension, within ?? _options.Patience, cancellationToken);
        if (!_result.Answered)
            _sender.End();
        return _result;
    }

    /// <summary>Calls an extension that must answer.</summary>
    public async Task CallAsync(string extension, TimeSpan? within = null)
    {
        var result = await DialAsync(extension, within);
        if (!result.Answered)
            throw new InvalidOperationException($"The call to {extension} was not answered: {result.Status} {result.Reason}.\n{this}");
    }

    /// <summary>Says something after what is being said; ends when its last packet has left, or the call is over.</summary>
    /// <param name="samples">16 bits, at <see cref="SampleRate"/>.</param>
    /// <param name="silentBelow">Samples below this magnitude at the start and the end count as silence (200 = -44 dB of full scale).</param>
    public async Task<Spoken> SpeakAsync(short[] samples, int silentBelow = 200)
    {
        var speaking = _sender.Speak(samples, silentBelow);
        await _waits.UntilAsync("The end of our speech", () => speaking.IsCompleted, TimeSpan.FromSeconds((double)samples.Length / SampleRate) + _options.Patience);
        return await speaking;
    }

    /// <summary>Presses keys one after another (RFC 4733); speech waits meanwhile.</summary>
    /// <returns>When the last key was let go.</returns>
    /// <exception cref="InvalidOperationException">The call ended first.</exception>
    public async Task<Moment> PressAsync(string keys, TimeSpan? length = null)
    {
        var last = Moment.Now;
        var presses = keys.Select(key => _sender.Press(key, length ?? TimeSpan.FromMilliseconds(160))).ToArray();
        foreach (var press in presses)
        {
            await _waits.UntilAsync("The end of a key press", () => press.IsCompleted, _options.Patience);
            last = press.IsCompletedSuccessfully ? await press : throw new InvalidOperationException($"The call ended before all of the keys {keys} were pressed.\n{this}");
        }
        return last;
    }

    public Task<Moment> PressAsync(char key) => PressAsync(key.ToString());

    /// <summary>Waits for the first sound after an instant.</summary>
    /// <param name="level">Root mean square over 20 ms.</param>
    /// <returns>When its first audible sample was heard.</returns>
    public async Task<Moment> WaitForAudioAsync(Moment after, double level = SoundLevel, TimeSpan? within = null)
    {
        var index = 0;
        Moment? found = null;
        await _waits.UntilAsync($"A sound after {after}", () => (found = _hearing.FindAudio(ref index, after, level)) is not null || Ended is not null, within ?? _options.Patience);
        return found ?? throw new InvalidOperationException($"The call ended before there was a sound after {after}.\n{this}");
    }

    /// <summary>Waits until nothing was heard for a while; quiet that has lasted already counts, from the first packet on.</summary>
    /// <returns>Since when it is quiet: when the last sound ended.</returns>
    public async Task<Moment> WaitForQuietAsync(TimeSpan duration, double level = SoundLevel, TimeSpan? within = null)
    {
        var since = Moment.Now;
        bool Quiet()
        {
            if ((_hearing.LastAudio(level) is { } sound ? sound + PacingThread.Period : _hearing.Statistics.FirstPacket) is not { } start)
                return false;
            since = start;
            return Moment.Now - start >= duration;
        }
        await _waits.UntilAsync(string.Create(CultureInfo.InvariantCulture, $"Quiet of {duration.TotalSeconds:0.###} s"), Quiet, (within ?? _options.Patience) + duration);
        return since;
    }

    /// <summary>Waits until the line rings (180 or 183).</summary>
    public Task WaitForRingingAsync(TimeSpan? within = null) => _waits.UntilAsync("Ringing", () => _dialog.Ringing, within ?? _options.Patience);

    /// <summary>Waits for the end of the call, whoever ends it.</summary>
    public Task<Hangup> WaitForHangupAsync(TimeSpan? within = null) => _waits.ForAsync("The hangup", () => _dialog.Ended, within ?? _options.Patience);

    /// <summary>Waits until something else that this caller can see holds, such as a number of packets.</summary>
    public Task WaitUntilAsync(string what, Func<SipCaller, bool> condition, TimeSpan? within = null) =>
        _waits.UntilAsync(what, () => condition(this), within ?? _options.Patience);

    /// <summary>What was heard between two instants; silence where nothing was.</summary>
    public short[] HeardBetween(Moment from, Moment to) => _hearing.Between(from, to);

    /// <summary>How much sound was heard between two instants: of a tone with a hole in it, what the clock would take for more.</summary>
    public TimeSpan SoundBetween(Moment from, Moment to, double level = SoundLevel) => _hearing.Sound(from, to, level);

    /// <summary>When a sample of <see cref="Heard"/> was heard, to the accuracy of its packet's arrival.</summary>
    public Moment HeardAt(int sample) => _hearing.HeardAt(sample);

    /// <summary>What this phone sends where nothing is said, over and over, such as a line's noise; null = silence.</summary>
    public void SetBackground(short[]? samples) => _sender.Background(samples);

    /// <summary>Harms the way of our packets from now on; null = a good line again.</summary>
    public void Impair(RtpImpairment? impairment) => _line.Impair(impairment);

    /// <summary>Holds the call: this phone sends no RTP and wants none.</summary>
    /// <exception cref="InvalidOperationException">The other side refused.</exception>
    public async Task HoldAsync(HoldStyle style = HoldStyle.Direction)
    {
        _sender.Muted = true;
        await DescribeAsync(style == HoldStyle.Direction ? Media() with { Direction = "sendonly" } : Media() with { Address = IPAddress.Any });
    }

    /// <summary>Takes a held call back.</summary>
    public async Task ResumeAsync()
    {
        await DescribeAsync(Media());
        _sender.Muted = false;
    }

    /// <summary>Takes audio on another port from now on, and sends from it, as a phone does that moved to another network.</summary>
    public async Task MoveMediaAsync()
    {
        _line.Move();
        await DescribeAsync(Media());
    }

    /// <summary>Goes on in another codec of the same sample rate.</summary>
    public async Task ChangeCodecAsync(CallerCodec codec)
    {
        _codec = PhoneCodec.Of(codec);
        await DescribeAsync(Media());
        _hearing.Change(_codec);
        _sender.Change(_codec);
    }

    /// <summary>Sends a CANCEL while it rings.</summary>
    public Task CancelAsync() => _dialog.CancelAsync();

    public Task HangUpAsync() => _dialog.ByeAsync();

    /// <summary>From now on this phone is gone: no BYE, no RTP, no answer to anything.</summary>
    public void Vanish()
    {
        _dialog.Vanished = true;
        _sender.End();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _dialog.DisposeAsync();
        PacingThread.Shared.Unsubscribe(OnBeat);
        _sender.End();
        _line.Dispose();
    }

    public override string ToString()
    {
        var state = _dialog.Vanished ? "vanished" : _dialog.Ended is { } end ? $"hung up by {(end.ByOther ? "the other side" : "us")} at {end.At}, cause {end.Cause}"
            : _dialog.Up ? "up" : _result is { } result ? $"{result.Status} {result.Reason}" : _dialog.Ringing ? "ringing" : "not answered";
        return $"Caller of {_extension} (Call-ID {CallId}) at {Moment.Now}: {state}; sent {SentPackets} packets{(Muted ? " (muted)" : "")}; {_hearing}\n  {string.Join("\n  ", _dialog.Log)}";
    }

    private void OnSignalling()
    {
        if (_dialog.Ended is not null)
            _sender.End();
        _waits.Pulse();
    }

    private void OnBeat()
    {
        _sender.Beat();
        _waits.Pulse();
    }

    private void Hear(ReadOnlySpan<byte> packet)
    {
        var at = Moment.Now;
        if (_dialog.Vanished)
            return;
        _hearing.Receive(packet, at);
        _waits.Pulse();
    }

    private SessionDescription Media() => new(_options.Address, _line.LocalPort, _codec);

    private async Task DescribeAsync(SessionDescription media)
    {
        var response = await _dialog.ReinviteAsync(media);
        if (response.Status >= 300)
            throw new InvalidOperationException($"The re-INVITE was refused: {response.StartLine}.\n{this}");
    }
}
