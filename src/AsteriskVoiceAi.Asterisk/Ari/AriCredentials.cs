using System.Net.Http.Headers;
using System.Text;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>User and password as a header; never in a URL, where Asterisk's <c>api_key</c> would land in logs.</summary>
internal sealed class AriCredentials(AriOptions options)
{
    private volatile AuthenticationHeaderValue _header = Make(options.User, options.Password);

    public AuthenticationHeaderValue Header => _header;

    /// <summary>Reads the password file again.</summary>
    /// <exception cref="AriException">It cannot be read.</exception>
    public void Refresh()
    {
        if (string.IsNullOrEmpty(options.PasswordFile))
            return;
        try
        {
            _header = Make(options.User, File.ReadAllText(options.PasswordFile).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AriException($"the ARI password file cannot be read: {e.Message}", null, e);
        }
    }

    private static AuthenticationHeaderValue Make(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
