using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>
/// The caller's side of a FastAGI call. An <c>AudioSocket()</c> that breaks while the caller is there is run once more; what played
/// goes on where the caller's ear was left.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A token source without a timer holds nothing, and the call may look at its token after the end.")]
internal sealed class AgiLeg(AgiSession session, string channel, string channelId, string audioAddress, AgiServices services) : ICallLeg, IAsyncDisposable
{
    /// <summary>More keys than this unread are an impatient thumb; the oldest are dropped.</summary>
    private const int KeysKept = 64;

    /// <summary>Audio that has flowed for so long before it was lost had nothing wrong with it: it may be made anew again.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(1);

    private const string Media = "audiosocket slin";

    private readonly Lock _gate = new();
    private readonly Channel<char> _keys = Channel.CreateBounded<char>(new BoundedChannelOptions(KeysKept) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _hungUp = new();
    private readonly LinkTally _tally = new();
    private AgiAudio? _current;
    private CallAudio? _audio;
    private PhoneWatch? _phone;
    private Task _watching = Task.CompletedTask;
    private bool _closing;

    public IAudioLink Audio => _audio ?? throw new InvalidOperationException("The audio is not open.");

    public ChannelReader<char> Keys => _keys.Reader;

    public CancellationToken HungUp => _hungUp.Token;

    public AudioReport? Report => _tally.Report is { } report ? report with { Phone = _phone?.Latest } : null;

    /// <param name="uuid">What the connection will call itself.</param>
    /// <returns>Null = audio flows; else Asterisk's reply to the command that should have brought it.</returns>
    /// <exception cref="AgiException">The session is lost.</exception>
    public async Task<AgiReply?> OpenAsync(Guid uuid)
    {
        _current = await AgiAudio.RequestAsync(session, services.Rendezvous, uuid, audioAddress);
        if (await ConnectAsync(_current) is not { } link)
            return await _current.EndAsync();
        _audio = new CallAudio(link, services.Clock);
        _phone = services.Phones?.Follow(channelId);
        _watching = WatchAsync(link);
        return null;
    }

    /// <summary>Ends the audio and waits until the session can be used again.</summary>
    /// <exception cref="AgiException">The session is lost.</exception>
    public async Task CloseAsync()
    {
        AgiAudio? current;
        lock (_gate)
        {
            _closing = true;
            current = _current;
        }
        if (current is not null)
            await current.EndAsync();
        await _watching;
    }

    /// <summary>Ends the audio; what Asterisk makes of it is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _closing = true;
        if (_current is not null)
            await _current.DisposeAsync();
        if (_phone is not null)
            await _phone.DisposeAsync();
        // Whoever lost the session has told already.
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<AudioSocketLink?> ConnectAsync(AgiAudio audio)
    {
        var link = await audio.ConnectAsync(services.ConnectDeadline, services.Time);
        if (link is null)
            return null;
        _tally.Follow(link);
        link.KeyPressed += key => _keys.Writer.TryWrite(key);
        return link;
    }

    private async Task WatchAsync(AudioSocketLink link)
    {
        // So it is where the session breaks.
        var hungUp = true;
        try
        {
            var mayRemake = true;
            for (AudioSocketLink? running = link; running is not null;)
            {
                using var followed = services.Metrics.Follow(running);
                var began = services.Time.GetTimestamp();
                await _current!.EndedAsync(running);
                hungUp = !_closing && !await CallerIsThereAsync();
                if (_closing || hungUp)
                    return;
                mayRemake |= services.Time.GetElapsedTime(began) > Stable;
                services.Media.CountFault(MediaFault.LinkLost);
                services.Logger.AudioLost(channel, MediaFault.LinkLost, Media, running.EndReason);
                running = mayRemake ? await RemakeAsync(running) : null;
                mayRemake = false;
            }
        }
        finally
        {
            // First, so that who hears the audio end can tell which it was.
            if (hungUp)
                await _hungUp.CancelAsync();
            _audio!.Close();
            _keys.Writer.TryComplete();
        }
    }

    /// <summary>A hangup ends the application, too, and Asterisk tells of it with, or only after, the command's reply.</summary>
    private async Task<bool> CallerIsThereAsync()
    {
        var status = (await session.RunAsync(AgiCommand.ChannelStatus))[0];
        return !session.HungUp && status.Ok && !session.DeadChannel;
    }

    /// <returns>Null = no audio came, or the call is over.</returns>
    private async Task<AudioSocketLink?> RemakeAsync(AudioSocketLink former)
    {
        _audio!.Detach(former);
        var next = await AgiAudio.RequestAsync(session, services.Rendezvous, Guid.NewGuid(), audioAddress);
        bool wanted;
        lock (_gate)
        {
            wanted = !_closing;
            if (wanted)
                _current = next;
        }
        if (wanted && await ConnectAsync(next) is { } link)
        {
            await _audio.AttachAsync(link);
            services.Media.CountRebuilt();
            services.Logger.AudioRemade(channel, Media, MediaFault.LinkLost);
            return link;
        }
        await next.EndAsync();
        if (wanted && !session.HungUp && !_closing)
            services.Logger.AudioNotRemade(channel, audioAddress);
        return null;
    }
}
