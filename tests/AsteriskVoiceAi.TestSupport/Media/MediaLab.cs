using System.Globalization;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.TestSupport.Media;

/// <summary>A real Asterisk, and for each media path a host in this process: calls whose both ends a test holds.</summary>
public sealed class MediaLab : IAsyncDisposable
{
    /// <summary>Takes each call that comes with this user: all codecs that the project's own endpoint takes, and G.722.</summary>
    private const string User = "media";

    private const string Endpoints = $"""
        [{User}]
        type=endpoint
        context=default
        identify_by=username
        disallow=all
        allow=ulaw,alaw,g722
        direct_media=no
        rtp_symmetric=yes
        force_rport=yes
        media_address=127.0.0.1
        dtmf_mode=rfc4733

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<MediaPath, MediaHost> _hosts = [];

    private MediaLab(AsteriskProcess asterisk) => Asterisk = asterisk;

    public AsteriskProcess Asterisk { get; }

    /// <param name="paths">None = all.</param>
    public static async Task<MediaLab> StartAsync(params MediaPath[] paths)
    {
        if (paths.Length == 0)
            paths = Enum.GetValues<MediaPath>();
        var (agi, media, password) = (FreePorts.Tcp(), FreePorts.Tcp(), Guid.NewGuid().ToString("N"));
        var lab = new MediaLab(await AsteriskProcess.StartAsync(new()
        {
            AgiPort = agi,
            Endpoints = Endpoints,
            Dialplan = "[default]\n" + string.Concat(paths.Select(Extension)),
            WebSocketClients = Client(media, password),
        }));
        try
        {
            foreach (var path in paths)
                lab._hosts[path] = await MediaHost.StartAsync(lab.Ari(path, media, password), path == MediaPath.AudioSocketAgi ? agi : 0);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>A call over this path, with both of its ends.</summary>
    public async Task<MediaCall> CallAsync(MediaPath path, SipCallerOptions? options = null)
    {
        var caller = new SipCaller(Asterisk.Sip, (options ?? new()) with { User = User });
        try
        {
            await caller.CallAsync(path.ToString());
            return new(caller, await _hosts[path].WaitForCallAsync(caller.CallId, Patience));
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            await caller.DisposeAsync();
            throw new InvalidOperationException($"A call over {path} was not served: {e.Message}\n{string.Join('\n', _hosts[path].Log)}\n{Asterisk}", e);
        }
    }

    /// <summary>What the service's adapters logged for this path, from Information on.</summary>
    public IReadOnlyList<string> Log(MediaPath path) => _hosts[path].Log;

    /// <summary>Waits until no call has left anything: channels and bridges in Asterisk; calls, links and sockets in the hosts.</summary>
    public async Task WaitForNothingLeftAsync()
    {
        await Asterisk.WaitForNothingLeftAsync(Patience);
        var deadline = Moment.Now + Patience;
        while (_hosts.Values.Sum(host => host.Open) is var open && open > 0)
        {
            if (Moment.Now > deadline)
                throw new TimeoutException($"The end of all links did not come within {Patience.TotalSeconds:0} s: {string.Join(", ", _hosts.Select(host => $"{host.Key} {host.Value.Open}"))} are open.\n{Asterisk}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Values.Select(host => host.DisposeAsync().AsTask()));
        await Asterisk.DisposeAsync();
    }

    // The service finds a call by the SIP Call-ID, which both ends know.
    private static string Extension(MediaPath path) => path == MediaPath.AudioSocketAgi
        ? $"""
            exten => {path},1,Answer()
             same => n,AGI(agi://$[VOICEAI]/route/lab,call=$[CHANNEL(pjsip,call-id)])
             same => n,Hangup()

            """.Replace('[', '{').Replace(']', '}')
        : $"""
            exten => {path},1,Stasis({App(path)},lab,call=$[CHANNEL(pjsip,call-id)])
             same => n,Hangup()

            """.Replace('[', '{').Replace(']', '}');

    private static string App(MediaPath path) => $"lab-{path}";

    private static string Client(int port, string password) => $"""
        [lab]
        type=websocket_client
        connection_type=per_call_config
        uri=ws://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/media
        protocols=media
        username=lab
        password={password}
        connection_timeout=1000
        reconnect_interval=500
        reconnect_attempts=2

        """;

    private AriOptions Ari(MediaPath path, int port, string password) => new()
    {
        Enabled = path != MediaPath.AudioSocketAgi,
        Url = new($"http://127.0.0.1:{Asterisk.HttpPort}"),
        PasswordFile = Path.Combine(Asterisk.Folder, "ari-password"),
        App = App(path),
        Media = path switch
        {
            MediaPath.Rtp => new() { Transport = TransportChoice.Rtp },
            MediaPath.AudioSocketAri => new() { Transport = TransportChoice.Audiosocket },
            MediaPath.WebSocketListen => new()
            {
                Transport = TransportChoice.Websocket,
                Websocket = WebSocketDirection.Listen,
                WebsocketClient = "lab",
                ListenPort = port,
                ListenUser = "lab",
                ListenPassword = password,
            },
            _ => new() { Transport = TransportChoice.Websocket },
        },
    };
}

/// <summary>Both ends of a call.</summary>
public sealed record MediaCall(SipCaller Caller, ServedCall Service) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Caller.DisposeAsync();
}
