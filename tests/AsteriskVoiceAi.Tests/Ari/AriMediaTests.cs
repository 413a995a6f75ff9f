using System.Net.WebSockets;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>Which transport carries a call, and what happens when it does not.</summary>
[TestFixture]
public sealed class AriMediaTests
{
    private static readonly string[] AudioSocketModules = ["chan_audiosocket.so", "res_audiosocket.so"];

    [Test]
    public async Task Asterisk_without_a_media_WebSocket_brings_the_audio_by_AudioSocket()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Modules = AudioSocketModules;
        await using var rig = await AriRig.ConnectAsync(asterisk, async (call, leg, stopping) =>
        {
            var media = asterisk.AudioSockets.Values.Single();
            await media.SendAudioAsync(Enumerable.Repeat((short)7, 160).ToArray());
            var frame = new short[160];
            while (frame[0] != 7)
                await leg.Audio.ReceiveAsync(frame, default);
            await leg.Audio.PlayAsync(Enumerable.Repeat((short)9, 160).ToArray(), default);
            while ((await media.ReadFrameAsync())[0] != 9)
            {
            }
            _ = media.ReadToEndAsync();
            return AriRig.Done(call);
        });

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
            Assert.That(rig.Media.Transports, Is.EqualTo(new[] { "audiosocket" }));
            Assert.That(rig.Log.Lines.Single(line => line.Id.Id == 8130).Text, Does.Contain("audiosocket").And.Contain("chan_websocket.so"));
        });
    }

    [Test]
    public async Task Transport_whose_module_is_missing_says_which_to_load_and_leaves_calls_to_the_dialplan()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, _, _) => Task.FromResult(AriRig.Done(call)), options => options.Media.Transport = TransportChoice.Audiosocket);

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");

        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_REASON"), Is.EqualTo("no-media"));
            Assert.That(rig.NotServed.Select(outcome => outcome.Reason), Is.EqualTo(new[] { "no-media" }));
            Assert.That(rig.Log.Lines.Single(line => line.Id.Id == 8131).Text, Does.Contain("load=chan_audiosocket.so"));
            Assert.That(rig.Media.Faults, Contains.Key(MediaFault.ModuleMissing));
        });
    }

    [Test]
    public async Task Transport_that_cannot_be_opened_gives_way_to_the_next()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Modules = [.. asterisk.Modules, .. AudioSocketModules];
        asterisk.Before = request => Task.FromResult<int?>(request == "GET media" ? 404 : null);
        var rates = new List<int>();
        await using var rig = await AriRig.ConnectAsync(asterisk, (call, leg, stopping) =>
        {
            rates.Add(leg.Audio.SampleRate);
            _ = asterisk.AudioSockets.Values.Single().ReadToEndAsync();
            return Task.FromResult(AriRig.Done(call));
        });

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
            Assert.That(rates, Is.EqualTo(new[] { 8000 }));
            Assert.That(rig.Log.Count(8132), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Audio_that_is_lost_in_a_call_is_made_anew_and_the_prompt_goes_on_where_it_was()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.PlayAtOnce = false;
        AriRig? serving = null;
        await using var rig = serving = await AriRig.ConnectAsync(asterisk, async (call, leg, _) =>
        {
            var first = asterisk.OnlyMedia;
            var playing = leg.Audio.PlayAsync(new short[3200], default);
            var behind = leg.Audio.PlayAsync(Enumerable.Repeat((short)1000, 1600).ToArray(), default);
            await asterisk.UntilAsync(() => first.Queued == 30, "both prompts in the queue");
            await first.PlayAsync(11);
            asterisk.PlayAtOnce = true;
            await first.CloseAsync();
            Assert.That(await playing + await behind, Is.EqualTo(4800));
            // The prompt is over before the new channel is in the bridge, and a call that ends then was not rebuilt.
            await serving!.UntilAsync(() => serving.Log.Count(8134) == 1, "the audio made anew");
            return AriRig.Done(call);
        });

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);

        var second = asterisk.Media.Single(m => m.Key.EndsWith(".2", StringComparison.Ordinal)).Value.Heard;
        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
            Assert.That(second, Has.Length.InRange(1600 + 1440, 1600 + 1600), "the mark behind frame 10 came back, at most frame 11 is heard twice");
            Assert.That(rig.Media.Rebuilt, Is.EqualTo(1));
            Assert.That(rig.Media.Faults, Contains.Key(MediaFault.LinkLost));
        });
    }

    [Test]
    public async Task Asterisk_that_opens_the_media_socket_is_let_in_with_password_and_token_only()
    {
        await using var asterisk = await FakeAri.StartAsync();
        AriRig? listening = null;
        var refused = new List<string>();
        asterisk.MediaClient = async (channel, transportData) =>
        {
            var token = transportData["f(json)v(call=".Length..^1];
            foreach (var (login, call) in new[] { ("voiceai:wrong", token), ("voiceai:s3cret", "unknown"), ("voiceai:s3cret", token) })
            {
                using var socket = new ClientWebSocket();
                socket.Options.AddSubProtocol("media");
                socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(login)));
                try
                {
                    await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{listening!.MediaPort}/media?call={call}"), CancellationToken.None);
                }
                catch (WebSocketException e)
                {
                    refused.Add(e.Message);
                    continue;
                }
                await asterisk.RunMediaAsync(channel, socket);
            }
        };
        await using var rig = await AriRig.ConnectAsync(
            asterisk,
            async (call, leg, _) => await leg.Audio.PlayAsync(new short[320], default) == 320 ? AriRig.Done(call) : new CallOutcome(call.Id, CallResult.Error, "audio-lost", NextStep.InDialplan),
            options =>
            {
                options.Media.Websocket = WebSocketDirection.Listen;
                options.Media.ListenPassword = "s3cret";
            });
        listening = rig;

        await asterisk.CallAsync("caller", "main");
        await asterisk.UntilAsync(() => asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(asterisk);

        Assert.Multiple(() =>
        {
            Assert.That(asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
            Assert.That(refused, Has.Count.EqualTo(2));
            Assert.That(refused[0], Does.Contain("401"));
            Assert.That(refused[1], Does.Contain("404"));
            Assert.That(rig.Media.Refused, Is.EqualTo(2));
            Assert.That(asterisk.OnlyMedia.Heard, Has.Length.EqualTo(320));
        });
    }
}
