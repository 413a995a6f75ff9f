using System.Net.WebSockets;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.TestSupport;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>ARI and media over TLS, with an authority that the system does not know.</summary>
[TestFixture]
public sealed class AriTlsTests
{
    [Test]
    public async Task Events_requests_and_media_go_over_TLS_that_the_configured_authority_vouches_for()
    {
        using var authority = new TestAuthority();
        await using var asterisk = await FakeAri.StartAsync(certificate: authority.Server);
        await using var rig = await AriRig.ConnectAsync(
            asterisk,
            async (call, leg, _) =>
            {
                await leg.Audio.PlayAsync(new short[320], default);
                return AriRig.Done(call);
            },
            options => options.CaFile = authority.CaFile);

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");

        Assert.That(asterisk.Url.Scheme, Is.EqualTo("https"));
        Assert.That(asterisk.OnlyMedia.Heard, Has.Length.EqualTo(320));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Certificate_of_an_unknown_authority_is_refused_and_the_message_says_where_to_name_it(bool another)
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        await using var asterisk = await FakeAri.StartAsync(certificate: authority.Server);
        await using var rig = await AriRig.StartAsync(asterisk.Url, AriRig.WaitForHangUp, options => options.CaFile = another ? other.CaFile : null);

        await rig.UntilAsync(() => rig.Status.LastError is not null, "the refusal");

        Assert.That(rig.Status.LastError, Does.Contain("certificate").And.Contains("ari.ca-file"));
        Assert.That(asterisk.Requests, Is.Empty);
    }

    [Test]
    public async Task Name_that_is_not_in_the_certificate_is_refused_although_the_authority_is_known()
    {
        using var authority = new TestAuthority();
        await using var asterisk = await FakeAri.StartAsync(certificate: authority.Server);
        await using var rig = await AriRig.StartAsync(new Uri($"https://127.0.0.1:{asterisk.Url.Port}"), AriRig.WaitForHangUp, options => options.CaFile = authority.CaFile);

        await rig.UntilAsync(() => rig.Status.LastError is not null, "the refusal");

        Assert.That(rig.Status.LastError, Does.Contain("certificate"));
    }

    [Test]
    public void Authority_file_that_cannot_be_read_says_which() =>
        Assert.That(() => AsteriskTrust.From(new AriOptions { CaFile = "/no/such.pem" }), Throws.InvalidOperationException.With.Message.Contains("/no/such.pem"));

    [Test]
    public async Task Asterisk_opens_the_media_socket_over_TLS()
    {
        using var authority = new TestAuthority();
        await using var asterisk = await FakeAri.StartAsync();
        AriRig? listening = null;
        asterisk.MediaClient = async (channel, transportData) =>
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("media");
            socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String("voiceai:s3cret"u8));
            socket.Options.RemoteCertificateValidationCallback = AsteriskTrust.From(new AriOptions { CaFile = authority.CaFile });
            await socket.ConnectAsync(new Uri($"wss://localhost:{listening!.MediaPort}/media?call={transportData["f(json)v(call=".Length..^1]}"), CancellationToken.None);
            await asterisk.RunMediaAsync(channel, socket);
        };
        await using var rig = await AriRig.ConnectAsync(
            asterisk,
            async (call, leg, _) =>
            {
                await leg.Audio.PlayAsync(new short[320], default);
                return AriRig.Done(call);
            },
            options =>
            {
                options.Media.Websocket = WebSocketDirection.Listen;
                options.Media.ListenPassword = "s3cret";
                options.Media.ListenCertificateFile = authority.CertificateFile;
                options.Media.ListenCertificateKeyFile = authority.KeyFile;
            });
        listening = rig;

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");

        Assert.That(asterisk.OnlyMedia.Heard, Has.Length.EqualTo(320));
    }
}
