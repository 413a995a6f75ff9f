using System.Globalization;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.CallTests.Media;

/// <summary>What Asterisk lacks, or sends astray: the call has its audio all the same, and the log says why it went another way.</summary>
[NonParallelizable]
public sealed class MediaFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Asterisk_that_sends_the_callers_audio_astray_is_named_and_the_call_goes_on_over_another_transport()
    {
        await using var lab = await CallLab.StartAsync(_ => Settings(
            ("ARI__MEDIA__TRANSPORT", "rtp"),
            // Nobody listens there, as behind a NAT that nobody told of.
            ("RTP__ADVERTISE", "127.0.0.9")));
        await using var call = await lab.CallAsync("105");
        Said.Contains(await call.HearAsync(), "how can I help");

        await call.SayAsync("What are your opening hours?");

        Said.Contains(await call.HearAsync(), "Monday to Friday");
        await lab.Service.WaitForLineAsync("wrong-address", Patience);
        await lab.Service.WaitForLineAsync("made anew over websocket ulaw", Patience);
        await call.Caller.HangUpAsync();
        await lab.WaitForNothingLeftAsync();
    }

    [Test]
    public async Task Link_that_is_cut_in_the_middle_of_a_prompt_comes_back_and_the_call_goes_on()
    {
        await using var lab = await CallLab.StartAsync();
        await using var call = await lab.CallAsync("105");
        await call.WaitForSoundAsync();

        // The media channel alone; the caller's stays.
        var media = (await lab.Asterisk.CliAsync("core show channels concise")).Split('\n').Single(line => line.StartsWith("WebSocket/", StringComparison.Ordinal)).Split('!')[0];
        await lab.Asterisk.CliAsync($"channel request hangup {media}");

        await lab.Service.WaitForLineAsync("made anew over websocket ulaw after link-lost", Patience);
        Said.Contains(await call.HearAsync(), "how can I help");
        await call.SayAsync("What are your opening hours?");
        Said.Contains(await call.HearAsync(), "Monday to Friday");
        await call.Caller.HangUpAsync();
        await lab.WaitForNothingLeftAsync();
    }

    [Test]
    public async Task AudioSocket_of_an_agi_call_that_the_network_cuts_comes_back_and_the_call_goes_on()
    {
        var port = FreePorts.Tcp();
        await using var network = new TcpRelay(port);
        await using var lab = await CallLab.StartAsync(_ => Settings(
            ("AUDIOSOCKET__PORT", port.ToString(CultureInfo.InvariantCulture)),
            ("AUDIOSOCKET__ADVERTISE", network.Address.ToString())));
        await using var call = await lab.CallAsync("104");
        await call.WaitForSoundAsync();

        network.Cut();

        await lab.Service.WaitForLineAsync("made anew over audiosocket slin after link-lost", Patience);
        Said.Contains(await call.HearAsync(), "how can I help");
        await call.SayAsync("What are your opening hours?");
        Said.Contains(await call.HearAsync(), "Monday to Friday");
        await call.Caller.HangUpAsync();
        await lab.WaitForNothingLeftAsync();
        Assert.That(network.Connections, Is.EqualTo(2));
    }

    [TestCase("rtp", "chan_websocket.so")]
    [TestCase("audiosocket", "chan_websocket.so chan_rtp.so")]
    public async Task Auto_takes_the_best_transport_that_is_loaded(string transport, string unloaded)
    {
        await using var lab = await CallLab.StartAsync(async asterisk =>
        {
            foreach (var module in unloaded.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                await asterisk.CliAsync($"module unload {module}");
            return new Dictionary<string, string>();
        });
        await using var call = await lab.CallAsync("105");

        Said.Contains(await call.HearAsync(), "how can I help");
        await call.PressAsync("4");
        Said.Contains(await call.HearAsync(), "Monday to Friday");
        await lab.Service.WaitForLineAsync($"Media transport: {transport}, the best", Patience);
        await call.Caller.HangUpAsync();
        await lab.WaitForNothingLeftAsync();
    }

    [Test]
    public Task Caller_in_ulaw_is_served_in_the_wideband_format_that_was_configured() => WaysIn.EachAsync(["audiosocket slin16", "websocket slin16", "rtp g722"], async media =>
    {
        var (transport, format) = (media.Split(' ')[0], media.Split(' ')[1]);
        await using var lab = await CallLab.StartAsync(_ => Settings(("ARI__MEDIA__TRANSPORT", transport), ("ARI__MEDIA__FORMAT", format), ("LOG__LEVEL", "debug")));
        await using var call = await lab.CallAsync("105");

        Said.Contains(await call.HearAsync(), "how can I help");
        await call.SayAsync("What are your opening hours?");
        Said.Contains(await call.HearAsync(), "Monday to Friday");
        await lab.Service.WaitForLineAsync(media, Patience);
        await call.Caller.HangUpAsync();
        await lab.WaitForNothingLeftAsync();
    });

    [Test]
    public async Task Everything_goes_over_TLS_that_the_operators_own_authority_vouches_for()
    {
        using var authority = new TestAuthority();
        await using var lab = await CallLab.StartAsync(async asterisk =>
        {
            var keys = Directory.CreateDirectory(Path.Combine(asterisk.Folder, "etc", "tls")).FullName;
            foreach (var file in new[] { authority.CaFile, authority.CertificateFile, authority.KeyFile })
                File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
            var (https, media) = (FreePorts.Tcp(), FreePorts.Tcp());
            await File.AppendAllTextAsync(Path.Combine(asterisk.Folder, "etc", "http.conf"), string.Create(CultureInfo.InvariantCulture, $"""

                tlsenable=yes
                tlsbindaddr=127.0.0.1:{https}
                tlscertfile={keys}/server.pem
                tlsprivatekey={keys}/server.key

                """));
            await File.AppendAllTextAsync(Path.Combine(asterisk.Folder, "etc", "websocket_client.conf"), string.Create(CultureInfo.InvariantCulture, $"""

                [voiceai_media]
                type=websocket_client
                connection_type=per_call_config
                uri=wss://localhost:{media}/media
                protocols=media
                username=voiceai
                password=s3cret
                connection_timeout=500
                reconnect_interval=500
                reconnect_attempts=2
                tls_enabled=yes
                ca_list_file={keys}/ca.pem

                """));
            await asterisk.CliAsync("module reload http");
            await asterisk.CliAsync("module reload res_websocket_client.so");
            return new Dictionary<string, string>
            {
                ["ARI__URL"] = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{https}"),
                ["ARI__CA_FILE"] = authority.CaFile,
                ["ARI__MEDIA__WEBSOCKET"] = "listen",
                ["ARI__MEDIA__LISTEN_PORT"] = media.ToString(CultureInfo.InvariantCulture),
                ["ARI__MEDIA__LISTEN_PASSWORD"] = "s3cret",
                ["ARI__MEDIA__LISTEN_CERTIFICATE_FILE"] = authority.CertificateFile,
                ["ARI__MEDIA__LISTEN_CERTIFICATE_KEY_FILE"] = authority.KeyFile,
            };
        });
        await using var call = await lab.CallAsync("105");

        Said.Contains(await call.HearAsync(), "how can I help");
        await call.PressAsync("4");
        Said.Contains(await call.HearAsync(), "Monday to Friday");
        Assert.That((await lab.Service.StatusAsync()).GetProperty("media").GetProperty("rebuilt").GetInt64(), Is.Zero);
        await call.Caller.HangUpAsync();
        await lab.WaitForNothingLeftAsync();
    }

    private static Task<IReadOnlyDictionary<string, string>> Settings(params (string Name, string Value)[] settings) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
}
