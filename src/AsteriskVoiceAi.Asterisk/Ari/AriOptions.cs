using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>How to reach Asterisk's REST interface (ARI) and its media WebSocket, which share one HTTP port.</summary>
public sealed class AriOptions : IValidatableObject
{
    [Description("Default true. Without ARI only the dialplan's AGI() reaches the service.")]
    public bool Enabled { get; set; } = true;

    [Description("Asterisk's HTTP server (http.conf), with its prefix if it has one. Default http://127.0.0.1:8088: the port gives full control of calls, so it belongs on loopback or behind TLS.")]
    [Required]
    public Uri Url { get; set; } = new("http://127.0.0.1:8088");

    [Description("Name of the section in ari.conf. Default voiceai.")]
    [Required(AllowEmptyStrings = false)]
    public string User { get; set; } = "voiceai";

    [Description("Password of that section. Never logged.")]
    public string Password { get; set; } = "";

    [Description("File that holds the password; wins over Password. Read before each connection, so a changed password needs no restart.")]
    public string? PasswordFile { get; set; }

    [Description("Name in the dialplan's Stasis(voiceai,…). Default voiceai. Asterisk gives the calls of a name to one service; a second one with the same name takes over or stands by.")]
    [Required, RegularExpression("[A-Za-z0-9_-]{1,60}", ErrorMessage = "App takes letters, digits, - and _ only.")]
    public string App { get; set; } = "voiceai";

    [Description("Default false. True for the services of a hot pair: connect only when no other one serves the app, and stand by until then. A service without it takes the app over when it starts, and stands by once another has taken it over.")]
    public bool Standby { get; set; }

    [Description("Upper limit of the first wait after a lost connection; it doubles with each attempt, and the wait is random below it. Default 250 ms: a restarted Asterisk is up in less than a second.")]
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReconnectFirst { get; set; } = TimeSpan.FromMilliseconds(250);

    [Description("The wait never grows beyond this. Default 10 s; where nothing listens at all, or ARI is not there yet (404, 503), it stays below 1 s, so that callers after a restart of Asterisk are served soon.")]
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan ReconnectMost { get; set; } = TimeSpan.FromSeconds(10);

    [Description("Longest wait for one answer of Asterisk. Default 5 s; it takes about 1 ms when all is well.")]
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    [Description("Longest time from a call's arrival to its audio. Default 4 s; then the caller goes on in the dialplan with reason no-media.")]
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan MediaTimeout { get; set; } = TimeSpan.FromSeconds(4);

    [Description("https only: file with the certificates (PEM) of the authorities that may have signed Asterisk's certificate (http.conf, tlscertfile). Default none: those that the system trusts. The name in the url must be one of the certificate's.")]
    public string? CaFile { get; set; }

    [Description("How the audio of these calls travels.")]
    public MediaOptions Media { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not { IsAbsoluteUri: true } || (Url.Scheme != Uri.UriSchemeHttp && Url.Scheme != Uri.UriSchemeHttps))
            yield return new ValidationResult("Url must begin with http:// or https://.", [nameof(Url)]);
        else if (Url.UserInfo.Length > 0)
            yield return new ValidationResult("Url must not hold a password: use User and Password or PasswordFile.", [nameof(Url)]);
        if (!string.IsNullOrEmpty(CaFile) && !File.Exists(CaFile))
            yield return new ValidationResult($"there is no file {CaFile}.", [nameof(CaFile)]);
    }
}
