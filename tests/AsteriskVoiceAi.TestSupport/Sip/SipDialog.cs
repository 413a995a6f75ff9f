using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>How a call ended.</summary>
/// <param name="ByOther">The other side sent the BYE.</param>
/// <param name="Cause">Q.850 cause from the BYE's Reason header; 0 = none given.</param>
public sealed record Hangup(Moment At, bool ByOther, int Cause);

/// <summary>Signalling of one call over UDP (RFC 3261): INVITE, re-INVITE, ACK, CANCEL, BYE from here; BYE, re-INVITE, UPDATE, OPTIONS, INFO from there.</summary>
internal sealed class SipDialog : IAsyncDisposable
{
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    private readonly SipTransport _transport;
    private readonly SipWriter _writer;
    private readonly SipCallerOptions _options;
    private readonly IPEndPoint _server;
    private readonly ConcurrentDictionary<string, Transaction> _transactions = new();
    private int _sequence = 1;
    private int _version = 1;
    private SessionDescription _media;
    private Transaction? _invite;

    public SipDialog(IPEndPoint server, SipCallerOptions options, SessionDescription media)
    {
        _server = server;
        _options = options;
        _media = media;
        _transport = new(options.Address, Handle);
        _writer = new(options, _transport.Local);
    }

    /// <summary>Something is known that was not before.</summary>
    public Action Changed { get; init; } = () => { };

    /// <summary>The other side said where it takes audio.</summary>
    public Action<IPEndPoint> MediaKnown { get; init; } = _ => { };

    public string CallId => _writer.CallId;

    public bool Ringing { get; private set; }

    /// <summary>Answered, and not ended since.</summary>
    public bool Up { get; private set; }

    public Hangup? Ended { get; private set; }

    /// <summary>True = nothing is sent or understood any more.</summary>
    public bool Vanished
    {
        get => _transport.Vanished;
        set => _transport.Vanished = value;
    }

    /// <summary>Start lines of the last messages, for failure messages.</summary>
    public IEnumerable<string> Log => _transport.Log;

    public async Task<DialResult> InviteAsync(string extension, TimeSpan within, CancellationToken cancellationToken)
    {
        if (_invite is not null)
            throw new InvalidOperationException("This caller has made its call; make another caller.");
        var started = Moment.Now;
        _writer.Dial(extension, _server);
        _invite = Begin("INVITE", _sequence);
        var request = Request(_invite, _media.Write(_version), _options.Headers);
        SipMessage final;
        try
        {
            var resending = ResendAsync(request, _invite.Heard.Task, within);
            final = await _invite.Final.Task.WaitAsync(within, TimeProvider.System, cancellationToken);
            await resending;
        }
        catch (TimeoutException)
        {
            await CancelAsync();
            return new(408, "No final response", Moment.Now - started);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync();
            final = await _invite.Final.Task.WaitAsync(T1 * 8, TimeProvider.System, CancellationToken.None);
            if (final.Status < 300)
            {
                // Our CANCEL and their 200 crossed on the way.
                await ByeAsync();
                return new(487, "Answered while it was cancelled", Moment.Now - started);
            }
        }
        return new(final.Status, final.Reason, Moment.Now - started);
    }

    /// <summary>Describes our media anew within the call (RFC 3261 section 14).</summary>
    /// <returns>The other side's final response.</returns>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<SipMessage> ReinviteAsync(SessionDescription media)
    {
        _media = media;
        var reinvite = Begin("INVITE", ++_sequence);
        var resending = ResendAsync(Request(reinvite, _media.Write(++_version)), reinvite.Heard.Task, T1 * 8);
        var final = await reinvite.Final.Task.WaitAsync(T1 * 8, TimeProvider.System);
        await resending;
        return final;
    }

    public async Task CancelAsync()
    {
        if (_invite is not { } invite || invite.Final.Task.IsCompleted || !invite.Heard.Task.IsCompleted)
            return;
        // Same branch and number as the INVITE, by which the other side finds it.
        var cancel = Begin("CANCEL", invite.Number, invite.Branch);
        await ResendAsync(Request(cancel), cancel.Heard.Task, T1 * 4);
    }

    public async Task ByeAsync()
    {
        if (!Up)
            return;
        Up = false;
        Ended = new(Moment.Now, false, 0);
        Changed();
        var bye = Begin("BYE", ++_sequence);
        await ResendAsync(Request(bye), bye.Heard.Task, T1 * 4);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Vanished)
            await ByeAsync();
        await _transport.DisposeAsync();
    }

    private static string NewBranch() => "z9hG4bK" + SipWriter.Token();

    private Transaction Begin(string method, int number, string? branch = null)
    {
        var transaction = new Transaction(method, number, branch ?? NewBranch());
        _transactions[string.Create(CultureInfo.InvariantCulture, $"{number} {method}")] = transaction;
        return transaction;
    }

    private string Request(Transaction transaction, string body = "", IReadOnlyList<string>? headers = null) =>
        _writer.Request(transaction.Method, transaction.Number, transaction.Branch, body, headers);

    // Timers A and E of RFC 3261: again after 0.5 s, 1 s, 2 s … until something is heard.
    private async Task ResendAsync(string request, Task heard, TimeSpan within)
    {
        var deadline = Moment.Now + within;
        var wait = T1;
        for (var left = within; left > TimeSpan.Zero && !Vanished; left = deadline - Moment.Now)
        {
            _transport.Send(request, _server);
            try
            {
                await heard.WaitAsync(left < wait ? left : wait, TimeProvider.System);
                return;
            }
            catch (TimeoutException)
            {
                wait *= 2;
            }
        }
    }

    private void Handle(SipMessage message, EndPoint from)
    {
        if (message.Status > 0)
            HandleResponse(message);
        else
            HandleRequest(message, from);
        Changed();
    }

    private void HandleResponse(SipMessage response)
    {
        if (!_transactions.TryGetValue(response["CSeq"], out var transaction))
            return;
        if (transaction.Method == "INVITE")
            HandleInviteResponse(response, transaction);
        transaction.Heard.TrySetResult();
        if (response.Status >= 200)
            transaction.Final.TrySetResult(response);
    }

    private void HandleInviteResponse(SipMessage response, Transaction invite)
    {
        Ringing |= response.Status is 180 or 183;
        if (response.Status is 183 or 200 && SessionDescription.Target(response.Body) is { } target)
            MediaKnown(target);
        if (response.Status < 200)
            return;
        // A 2xx is acknowledged as a request of its own, to where the answer said; anything else within the transaction.
        // A repeated response means that the ACK was lost, and is acknowledged again.
        if (invite == _invite)
            _writer.ToTag = response.Tag("To");
        if (response.Status < 300)
        {
            _writer.Uri = Uri(response["Contact"]) ?? _writer.Uri;
            Up |= invite == _invite && !invite.Final.Task.IsCompleted;
            _transport.Send(_writer.Request("ACK", invite.Number, NewBranch()), _server);
        }
        else
        {
            _transport.Send(_writer.Request("ACK", invite.Number, invite.Branch), _server);
        }
    }

    private static string? Uri(string contact)
    {
        var start = contact.IndexOf('<', StringComparison.Ordinal);
        var end = contact.IndexOf('>', StringComparison.Ordinal);
        return start >= 0 && end > start ? contact[(start + 1)..end] : null;
    }

    private void HandleRequest(SipMessage request, EndPoint from)
    {
        if (request["Call-ID"] != CallId)
        {
            if (request.Method != "ACK")
                Respond(request, from, request.Method == "OPTIONS" ? "200 OK" : "481 Call Does Not Exist");
            return;
        }
        switch (request.Method)
        {
            case "ACK":
                break;
            case "BYE":
                Respond(request, from, "200 OK");
                Ended ??= new(Moment.Now, true, Cause(request["Reason"]));
                Up = false;
                break;
            case "INVITE" or "UPDATE":
                if (SessionDescription.Target(request.Body) is { } target)
                    MediaKnown(target);
                Respond(request, from, "200 OK", (_media with { Direction = SessionDescription.AnswerTo(request.Body) }).Write(++_version));
                break;
            case "OPTIONS" or "INFO" or "NOTIFY" or "MESSAGE":
                Respond(request, from, "200 OK");
                break;
            default:
                Respond(request, from, "405 Method Not Allowed");
                break;
        }
    }

    // Reason: Q.850;cause=16;text="…"
    private static int Cause(string reason)
    {
        var at = reason.IndexOf("cause=", StringComparison.Ordinal);
        return at >= 0 && int.TryParse(reason[(at + 6)..].Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var cause) ? cause : 0;
    }

    private void Respond(SipMessage request, EndPoint to, string status, string body = "") =>
        _transport.Send(_writer.Response(request, status, body), to);

    private sealed class Transaction(string method, int number, string branch)
    {
        public string Method => method;

        public int Number => number;

        public string Branch => branch;

        /// <summary>Any response came: no need to send again.</summary>
        public TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<SipMessage> Final { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
