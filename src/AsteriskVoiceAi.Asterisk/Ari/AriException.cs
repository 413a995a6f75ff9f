using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Asterisk said no, said nothing, or could not be reached. The message says what was tried, what came back, and what to check.</summary>
internal sealed class AriException(string message, HttpStatusCode? status, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Null = no answer came.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The channel is not there any more, or has left the app: 404 unknown, 409 wrong state, 412 not answered, 422 not in the app.</summary>
    public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.UnprocessableEntity;

    /// <summary>The host is there but nothing listens.</summary>
    private bool IsRefused
    {
        get
        {
            var cause = InnerException;
            while (cause is not null and not SocketException)
                cause = cause.InnerException;
            return cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
        }
    }

    /// <summary>Nothing listens yet, or the HTTP server is up before ARI is: Asterisk is down or on its way up, and asking costs nothing.</summary>
    public bool IsStarting => IsRefused || Status is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable;

    /// <summary>The same request may do better later: it got no answer, or a server error.</summary>
    public bool MayRetry => Status is null or >= HttpStatusCode.InternalServerError;
}
