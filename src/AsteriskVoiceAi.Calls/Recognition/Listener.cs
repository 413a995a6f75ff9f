using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// Hears one caller for the whole call: link → comfort noise → 16 kHz → memory → voice activity, but for our own echo → the turn that waits, if one does.
/// It listens between turns too, so that the first sounds of an early answer are not lost.
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    private const int FrameSamples = IVoiceActivityDetector.FrameSamples;
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private readonly ICallLeg _leg;
    private readonly IVoiceActivity _activity;
    private readonly Hearing _hearing;
    private readonly PlayedSound? _played;
    private readonly EchoGate _echo;
    private readonly SpeechTracker _tracker = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _hangUp;
    private readonly Task _listening;
    private readonly Task _keys;
    private volatile ListeningTurn? _turn;
    private volatile bool _deaf;

    /// <param name="played">What goes out to the caller and may come back as echo; null = nothing is known of it.</param>
    /// <param name="paused">Told of every pause in what the caller says, on the listener's loop: must return at once.</param>
    public Listener(
        ICallLeg leg, IVoiceActivityDetector detector, ISpeechRecognizer recognizer, TimeSpan maxUtterance, TimeProvider time,
        ITurnDetector? turnDetector = null, ListeningStatus? status = null, Action<PauseRecord>? paused = null, PlayedSound? played = null)
    {
        (_leg, _played) = (leg, played);
        _echo = new EchoGate(leg.Audio.SampleRate);
        _activity = detector.Open();
        var memory = new SpeechMemory((int)((maxUtterance + Slack).TotalSeconds * 16_000));
        _hearing = new Hearing(memory, recognizer, turnDetector ?? NoTurnDetector.Instance, status ?? new ListeningStatus(), paused ?? (_ => { }), time, leg.HungUp);
        _hangUp = leg.HungUp.Register(() => _turn?.HangUp());
        _listening = HearAsync();
        _keys = TakeKeysAsync();
    }

    /// <summary>Opens a turn; it takes the place of the last one.</summary>
    public ListeningTurn Begin(ListeningTerms terms)
    {
        var turn = new ListeningTurn(terms, _hearing);
        _turn = turn;
        // Looked at after the turn is in place: whoever ends the hearing either finds the turn or is seen here.
        if (_leg.HungUp.IsCancellationRequested || _deaf)
            turn.HangUp();
        return turn;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_listening, _keys);
        }
        finally
        {
            await _hangUp.DisposeAsync();
            _activity.Dispose();
            _stop.Dispose();
        }
    }

    private async Task HearAsync()
    {
        var memory = _hearing.Memory;
        var noise = new ComfortNoise();
        var resampler = new Resampler(_leg.Audio.SampleRate, 16_000);
        var frame = new short[_leg.Audio.SampleRate / 50];
        var played = new short[frame.Length];
        var wide = new float[resampler.MaxOutput(frame.Length)];
        var window = new FrameWindow(FrameSamples);
        try
        {
            while (await _leg.Audio.ReceiveAsync(frame, _stop.Token) is var n and > 0)
            {
                noise.Fill(frame.AsSpan(0, n));
                _played?.Take(played.AsSpan(0, n));
                _echo.Take(frame.AsSpan(0, n), played.AsSpan(0, n));
                var heard = wide.AsSpan(0, resampler.Process(frame.AsSpan(0, n), wide));
                memory.Append(heard);
                while (window.Fill(ref heard))
                {
                    var at = memory.Position - heard.Length - FrameSamples;
                    var probability = _activity.Process(window.Frame);
                    _tracker.Take(_echo.Explains(at / 16_000.0) ? 0 : probability, at);
                    _turn?.Advance(_tracker);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The call is over.
        }
        finally
        {
            _deaf = true;
            _turn?.HangUp();
        }
    }

    private async Task TakeKeysAsync()
    {
        try
        {
            await foreach (var key in _leg.Keys.ReadAllAsync(_stop.Token))
                _turn?.Press(key);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The call is over.
        }
    }
}
