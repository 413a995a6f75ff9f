using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>The port on which Asterisk opens media WebSockets. Serves <c>/media</c> and nothing else.</summary>
internal sealed class MediaSocketPort(ListeningSockets sockets, MediaStatus status, IOptions<AriOptions> options, ILogger<MediaWebSocketLink> logger)
{
    private readonly byte[] _login = Login(options.Value.Media.ListenUser, Password(options.Value.Media));

    /// <summary>Set when the port is configured; knows the real port once it is open.</summary>
    public ListenOptions? Listening { get; set; }

    public bool IsFor(HttpContext context) => Listening?.IPEndPoint is { } own && own.Port == context.Connection.LocalPort;

    public async Task ServeAsync(HttpContext context)
    {
        if (Refusal(context) is { } refusal)
        {
            status.CountRefused();
            logger.ConnectionRefused(context.Connection.RemoteIpAddress, refusal.Why);
            context.Response.StatusCode = refusal.Status;
            return;
        }
        if (sockets.Take(context.Request.Query[ListeningSockets.Token].ToString()) is not { } call)
        {
            status.CountRefused();
            logger.ConnectionRefused(context.Connection.RemoteIpAddress, "no call waits for audio with its token");
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = "media",
            KeepAliveInterval = MediaSocketConnector.Ping,
            KeepAliveTimeout = MediaSocketConnector.Ping,
        });
        await call.ServeAsync(socket);
    }

    private (int Status, string Why)? Refusal(HttpContext context)
    {
        if (context.Request.Path != "/media")
            return (StatusCodes.Status404NotFound, "it asked for another path than /media");
        // Compared in constant time: the answer's delay tells nothing about the password.
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), _login))
            return (StatusCodes.Status401Unauthorized, "user or password is wrong; compare username and password in websocket_client.conf with ari.media.listen-user and its password");
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains("media"))
            return (StatusCodes.Status400BadRequest, "it is no WebSocket of the protocol 'media'; websocket_client.conf must say protocols=media");
        return null;
    }

    private static byte[] Login(string user, string password) =>
        Encoding.UTF8.GetBytes("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static string Password(MediaOptions options) =>
        string.IsNullOrEmpty(options.ListenPasswordFile) ? options.ListenPassword : File.ReadAllText(options.ListenPasswordFile).Trim();
}

/// <summary>Brings that port into a host.</summary>
public static class MediaSocketPortRegistration
{
    /// <summary>Opens the port, where the options want one, beside whatever else this server listens on.</summary>
    public static void ListenMediaSockets(this KestrelServerOptions server)
    {
        var options = server.ApplicationServices.GetRequiredService<IOptions<AriOptions>>().Value;
        if (!options.Enabled || !options.Media.Listens)
            return;
        server.Listen(IPAddress.Parse(options.Media.ListenAddress), options.Media.ListenPort, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (!string.IsNullOrEmpty(options.Media.ListenCertificateFile))
                listen.UseHttps(https => Secure(https, options.Media.ListenCertificateFile, options.Media.ListenCertificateKeyFile!));
            server.ApplicationServices.GetRequiredService<MediaSocketPort>().Listening = listen;
        });
    }

    /// <summary>Serves it. Comes before anything else that answers requests, so that this port shows nothing else and no other port shows this.</summary>
    public static void UseMediaSockets(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<AriOptions>>().Value;
        if (!options.Enabled || !options.Media.Listens)
            return;
        var port = app.ApplicationServices.GetRequiredService<MediaSocketPort>();
        app.UseWebSockets();
        app.Use((context, next) => port.IsFor(context) ? port.ServeAsync(context) : next(context));
    }

    private static void Secure(HttpsConnectionAdapterOptions https, string file, string keyFile)
    {
        using var pem = X509Certificate2.CreateFromPemFile(file, keyFile);
        // A round trip, since the key of a PEM file alone is not always usable by the TLS layer.
        https.ServerCertificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        https.ServerCertificateChain = [];
        https.ServerCertificateChain.ImportFromPemFile(file);
    }
}
