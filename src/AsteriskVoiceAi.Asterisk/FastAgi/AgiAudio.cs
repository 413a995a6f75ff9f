using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>Audio for one FastAGI call: Asterisk runs <c>AudioSocket()</c> towards us while the session waits for that command's reply.</summary>
internal sealed class AgiAudio : IAsyncDisposable
{
    private readonly AgiSession _session;
    private readonly ExpectedAudio _expected;
    private readonly Task<AgiReply> _reply;

    private AgiAudio(AgiSession session, ExpectedAudio expected, Task<AgiReply> reply)
    {
        _session = session;
        _expected = expected;
        _reply = reply;
    }

    /// <summary>Asks Asterisk for the audio.</summary>
    public static async Task<AgiAudio> RequestAsync(AgiSession session, AudioSocketRendezvous rendezvous, Guid uuid, string address)
    {
        var expected = rendezvous.Expect(uuid, MediaFormat.Slin);
        try
        {
            // TryExec: AudioSocket() alone hangs the caller up when the connection cannot be made or breaks.
            await session.SendAsync(AgiCommand.Exec("TryExec", $"AudioSocket({uuid:D},{address})"));
            return new AgiAudio(session, expected, session.ReadReplyAsync(soon: false).AsTask());
        }
        catch
        {
            await expected.DisposeAsync();
            throw;
        }
    }

    /// <returns>Null = no audio came: Asterisk gave up, or time is over.</returns>
    public async Task<AudioSocketLink?> ConnectAsync(TimeSpan limit, TimeProvider time)
    {
        try
        {
            await Task.WhenAny(_expected.Connected, _reply).WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            return null;
        }
        return _expected.Connected.IsCompletedSuccessfully ? await _expected.Connected : null;
    }

    /// <summary>Ends when the audio has ended, by whomever, and the session can be used again.</summary>
    /// <returns>Asterisk's reply to the command.</returns>
    /// <exception cref="AgiException">The session is lost.</exception>
    public async Task<AgiReply> EndedAsync(AudioSocketLink link)
    {
        await Task.WhenAny(_reply, link.Ended);
        // Asterisk leaves the application within milliseconds of the end of its connection.
        if (!_reply.IsCompleted)
            _session.ExpectReplySoon();
        return await _reply;
    }

    /// <summary>Ends the audio and waits until the session can be used again.</summary>
    /// <returns>Asterisk's reply to the command.</returns>
    public async Task<AgiReply> EndAsync()
    {
        _session.ExpectReplySoon();
        await _expected.DisposeAsync();
        return await _reply;
    }

    /// <summary>Ends the audio; what Asterisk makes of it is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _expected.DisposeAsync();
        // A fault of the reply was seen by whoever called EndAsync, or the session is lost anyway.
        _ = _reply.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
