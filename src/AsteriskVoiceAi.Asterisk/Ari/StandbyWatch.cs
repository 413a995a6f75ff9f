using System.Net.Security;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>
/// Waits while another instance serves the app. How it learns of the other's end:
/// <code>
/// the other stops       it sends a user event to the app "….standby", which whoever waits here holds
/// the other is gone     the app "….serving" is gone with its connection: seen by asking five times a second
/// </code>
/// Of several that wait, the one that holds "….standby" goes first. The other that hangs but keeps its connection is not noticed: Asterisk itself takes it for alive.
/// </summary>
internal sealed class StandbyWatch(StasisServices services, AriCredentials credentials, RemoteCertificateValidationCallback? certificates)
{
    /// <summary>Name of the user event.</summary>
    public const string TakeOver = "VoiceAiTakeOver";

    /// <summary>Callers of a service that is gone hear nothing meanwhile; a look is one request of a millisecond.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Who is not the first of those that wait looks again after it, at a moment of its own: so it sees another serve.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(500);

    /// <summary>We hold the app of those that wait.</summary>
    private volatile bool _isFirst;

    private AriOptions Options => services.Options;

    /// <summary>Returns when it is this instance's turn.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public async Task WaitAsync(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> listening = Task.FromResult(false);
        try
        {
            for (var first = true; ; first = false)
            {
                if (!await services.Rest.AppExistsAsync(services.Ids.Serving, stop))
                {
                    if (_isFirst)
                        return;
                    await Task.Delay(Random.Shared.NextDouble() * Jitter, services.Time, stop);
                    if (!await services.Rest.AppExistsAsync(services.Ids.Serving, stop))
                        return;
                }
                if (listening.IsCompleted || !await services.Rest.AppExistsAsync(services.Ids.Standby, stop))
                    listening = await ListenAsync(ended.Token);
                if (first)
                    StandsBy();
                if (await Task.WhenAny(listening, Task.Delay(Poll, services.Time, stop)) == listening && await listening)
                    return;
                stop.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _isFirst = false;
            await ended.CancelAsync();
            await ((Task)listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void StandsBy()
    {
        if (services.Status.SetStandby())
            services.Logger.StandsBy(Options.App, Options.Url);
    }

    /// <returns>A task that ends with whether we are told to take over; false = the connection was lost.</returns>
    private async Task<Task<bool>> ListenAsync(CancellationToken stop)
    {
        var socket = await AriEventSocket.ConnectAsync(Options, [services.Ids.Standby], credentials, certificates, services.Time, services.Logger, stop);
        _isFirst = true;
        return HearAsync(socket, stop);
    }

    private async Task<bool> HearAsync(AriEventSocket socket, CancellationToken stop)
    {
        using (socket)
        {
            using var told = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var events = Channel.CreateBounded<AriEvent>(new BoundedChannelOptions(16) { SingleReader = true, SingleWriter = true });
            var reading = socket.ReadAsync(events.Writer, told.Token);
            var takeOver = false;
            await foreach (var happened in events.Reader.ReadAllAsync(CancellationToken.None))
            {
                if (happened is ApplicationReplaced)
                    _isFirst = false;
                if (happened is not ChannelUserevent { Eventname: TakeOver })
                    continue;
                takeOver = true;
                await told.CancelAsync();
            }
            await reading;
            _isFirst = false;
            return takeOver && !stop.IsCancellationRequested;
        }
    }
}
