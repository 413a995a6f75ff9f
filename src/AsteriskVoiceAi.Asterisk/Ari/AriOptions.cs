using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>How to reach Asterisk's REST interface (ARI) and its media WebSocket, which share one HTTP port.</summary>
public sealed class AriOptions : IValidatableObject
{
    /// <summary>Default true. Without ARI only the dialplan's <c>AGI()</c> reaches the service.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Asterisk's HTTP server (http.conf), with its prefix if it has one. Default <c>http://127.0.0.1:8088</c>: the port gives full control of calls, so it belongs on loopback or behind TLS.</summary>
    [Required]
    public Uri Url { get; set; } = new("http://127.0.0.1:8088");

    /// <summary>Name of the section in ari.conf. Default <c>voiceai</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string User { get; set; } = "voiceai";

    /// <summary>Password of that section. Never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>File that holds the password; wins over <see cref="Password"/>. Read before each connection, so a changed password needs no restart.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Name in the dialplan's <c>Stasis(voiceai,…)</c>. Default <c>voiceai</c>. One running service per name: Asterisk gives the calls to whoever connected last.</summary>
    [Required, RegularExpression("[A-Za-z0-9_-]{1,60}", ErrorMessage = "App takes letters, digits, - and _ only.")]
    public string App { get; set; } = "voiceai";

    /// <summary>Upper limit of the first wait after a lost connection; it doubles with each attempt, and the wait is random below it. Default 250 ms: a restarted Asterisk is up in less than a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReconnectFirst { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The wait never grows beyond this. Default 10 s; where nothing listens at all it stays below 1 s, so that callers after a restart of Asterisk are served soon.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan ReconnectMost { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for one answer of Asterisk. Default 5 s; it takes about 1 ms when all is well.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time from a call's arrival to its audio. Default 4 s; then the caller goes on in the dialplan with reason <c>no-media</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan MediaTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long running calls may take to end when the service stops; then they go back to the dialplan. Default 20 s, within the 30 s that the host allows.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(20);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not { IsAbsoluteUri: true } || (Url.Scheme != Uri.UriSchemeHttp && Url.Scheme != Uri.UriSchemeHttps))
            yield return new ValidationResult("Url must begin with http:// or https://.", [nameof(Url)]);
        else if (Url.UserInfo.Length > 0)
            yield return new ValidationResult("Url must not hold a password: use User and Password or PasswordFile.", [nameof(Url)]);
    }
}
