using System.Net;
using System.Security.Authentication;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Puts a refusal into words that tell an operator where to look.</summary>
internal static class AriFailure
{
    /// <summary>No answer came.</summary>
    public static string Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
                return $"TLS: {cause.Message} Asterisk's certificate must name the host of ari.url, and be signed by an authority of ari.ca-file or one that the system knows";
        }
        return failure.Message;
    }

    /// <summary>Why a connection that worked ended. What wraps the cause says nothing that an operator could use.</summary>
    public static string Cause(Exception failure)
    {
        var cause = failure.InnerException ?? failure;
        while (cause is AggregateException { InnerException: { } first })
            cause = first;
        return cause.Message;
    }

    public static string Explain(HttpStatusCode status, AriOptions options, string reason) => status switch
    {
        HttpStatusCode.Unauthorized => $"401: Asterisk does not accept user '{options.User}' with this password; compare with ari.conf",
        HttpStatusCode.Forbidden => $"403 {reason}: user '{options.User}' may not do this; ari.conf must say read_only=no",
        HttpStatusCode.NotFound when reason.Length == 0 => "404: no ARI there; are ari.conf enabled=yes and the res_ari modules loaded, and does Url hold http.conf's prefix?",
        HttpStatusCode.ServiceUnavailable => $"503 {reason}: Asterisk has no session left (http.conf sessionlimit) or is still starting",
        _ => $"{(int)status} {reason}".TrimEnd(),
    };
}
