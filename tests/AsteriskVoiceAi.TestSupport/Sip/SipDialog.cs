using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace AsteriskVoiceAi.TestSupport.Sip;

/// <summary>How a call ended.</summary>
/// <param name="ByOther">The other side sent the BYE.</param>
/// <param name="Cause">Q.850 cause from the BYE's Reason header; 0 = none given.</param>
public sealed record Hangup(Moment At, bool ByOther, int Cause);

/// <summary>Signalling of one call over UDP (RFC 3261): INVITE, ACK, CANCEL, BYE from here; BYE, re-INVITE, UPDATE, OPTIONS, INFO from there.</summary>
internal sealed class SipDialog : IAsyncDisposable
{
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    private readonly SipTransport _transport;
    private readonly SipCallerOptions _options;
    private readonly IPEndPoint _server;
    private readonly int _rtpPort;
    private readonly ConcurrentDictionary<string, Transaction> _transactions = new();
    private readonly string _callId = Token() + "@test";
    private readonly string _tag = Token();
    private string _uri = "";
    private string _to = "";
    private string _toTag = "";
    private int _sequence = 1;
    private int _version = 1;
    private Transaction? _invite;

    public SipDialog(IPEndPoint server, SipCallerOptions options, int rtpPort)
    {
        _server = server;
        _options = options;
        _rtpPort = rtpPort;
        _transport = new(options.Address, Handle);
    }

    /// <summary>Something is known that was not before.</summary>
    public Action Changed { get; init; } = () => { };

    /// <summary>The other side said where it takes audio.</summary>
    public Action<IPEndPoint> MediaKnown { get; init; } = _ => { };

    public string CallId => _callId;

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
        _to = $"<sip:{extension}@{_server.Address}>";
        _uri = $"sip:{extension}@{_server}";
        _invite = Begin("INVITE", _sequence);
        var request = Request("INVITE", _invite, SessionDescription.Ours(_options.Address, _rtpPort, _options.Codec, _version), _options.Headers);
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

    public async Task CancelAsync()
    {
        if (_invite is not { } invite || invite.Final.Task.IsCompleted || !invite.Heard.Task.IsCompleted)
            return;
        // Same branch and number as the INVITE, by which the other side finds it.
        var cancel = Begin("CANCEL", invite.Number, invite.Branch);
        await ResendAsync(Request("CANCEL", cancel), cancel.Heard.Task, T1 * 4);
    }

    public async Task ByeAsync()
    {
        if (!Up)
            return;
        Up = false;
        Ended = new(Moment.Now, false, 0);
        Changed();
        var bye = Begin("BYE", ++_sequence);
        await ResendAsync(Request("BYE", bye), bye.Heard.Task, T1 * 4);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Vanished)
            await ByeAsync();
        await _transport.DisposeAsync();
    }

    private static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private Transaction Begin(string method, int number, string? branch = null)
    {
        var transaction = new Transaction(number, branch ?? "z9hG4bK" + Token());
        _transactions[string.Create(CultureInfo.InvariantCulture, $"{number} {method}")] = transaction;
        return transaction;
    }

    private string Request(string method, Transaction transaction, string body = "", IReadOnlyList<string>? headers = null)
    {
        var display = _options.DisplayName.Length > 0 ? $"\"{_options.DisplayName}\" " : "";
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{method} {_uri} SIP/2.0\r\n")
            .Append(CultureInfo.InvariantCulture, $"Via: SIP/2.0/UDP {_transport.Local};rport;branch={transaction.Branch}\r\n")
            .Append(CultureInfo.InvariantCulture, $"From: {display}<sip:{_options.User}@{_options.Address}>;tag={_tag}\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: {_to}{(_toTag.Length > 0 && method != "CANCEL" ? ";tag=" + _toTag : "")}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Call-ID: {_callId}\r\nCSeq: {transaction.Number} {method}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Contact: <sip:{_options.User}@{_transport.Local}>\r\nMax-Forwards: 70\r\n");
        foreach (var header in headers ?? [])
            text.Append(header).Append("\r\n");
        return Body(text, body);
    }

    private static string Body(StringBuilder text, string body)
    {
        if (body.Length > 0)
            text.Append("Content-Type: application/sdp\r\n");
        return text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}").ToString();
    }

    // Timer A/E of RFC 3261: again after 0.5 s, 1 s, 2 s … until something is heard.
    private async Task ResendAsync(string request, Task heard, TimeSpan within)
    {
        var deadline = Moment.Now + within;
        for (var wait = T1; ; wait *= 2)
        {
            _transport.Send(request, _server);
            var left = deadline - Moment.Now;
            try
            {
                await heard.WaitAsync(left < wait ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : wait, TimeProvider.System);
                return;
            }
            catch (TimeoutException)
            {
                if (Moment.Now >= deadline || Vanished)
                    return;
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
        if (transaction == _invite)
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
        _toTag = response.Tag("To");
        // A 2xx is acknowledged as a request of its own, to where the answer said; anything else within the transaction.
        // A repeated response means that the ACK was lost, and is acknowledged again.
        if (response.Status < 300)
        {
            _uri = Uri(response["Contact"]) ?? _uri;
            Up |= !invite.Final.Task.IsCompleted;
            _transport.Send(Request("ACK", new Transaction(invite.Number, "z9hG4bK" + Token())), _server);
        }
        else
        {
            _transport.Send(Request("ACK", invite), _server);
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
        if (request["Call-ID"] != _callId)
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
                Respond(request, from, "200 OK", SessionDescription.Ours(_options.Address, _rtpPort, _options.Codec, ++_version, SessionDescription.AnswerTo(request.Body)));
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

    private void Respond(SipMessage request, EndPoint to, string status, string body = "")
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"SIP/2.0 {status}\r\n");
        foreach (var (name, value) in request.Headers)
        {
            if (name.ToUpperInvariant() is "VIA" or "FROM" or "TO" or "CALL-ID" or "CSEQ")
                text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"Contact: <sip:{_options.User}@{_transport.Local}>\r\n");
        _transport.Send(Body(text, body), to);
    }

    private sealed class Transaction(int number, string branch)
    {
        public int Number => number;

        public string Branch => branch;

        /// <summary>Any response came: no need to send again.</summary>
        public TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<SipMessage> Final { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
