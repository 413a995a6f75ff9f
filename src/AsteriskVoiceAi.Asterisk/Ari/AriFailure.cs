using System.Net;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Puts a refusal into words that tell an operator where to look.</summary>
internal static class AriFailure
{
    public static string Explain(HttpStatusCode status, AriOptions options, string reason) => status switch
    {
        HttpStatusCode.Unauthorized => $"401: Asterisk does not accept user '{options.User}' with this password; compare with ari.conf",
        HttpStatusCode.Forbidden => $"403 {reason}: user '{options.User}' may not do this; ari.conf must say read_only=no",
        HttpStatusCode.NotFound when reason.Length == 0 => "404: no ARI there; are ari.conf enabled=yes and the res_ari modules loaded, and does Url hold http.conf's prefix?",
        HttpStatusCode.ServiceUnavailable => $"503 {reason}: Asterisk has no session left (http.conf sessionlimit) or is still starting",
        _ => $"{(int)status} {reason}".TrimEnd(),
    };
}
