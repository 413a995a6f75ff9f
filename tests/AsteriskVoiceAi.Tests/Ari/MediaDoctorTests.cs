using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>Calls whose audio does not flow although everything was opened.</summary>
[TestFixture]
public sealed class MediaDoctorTests
{
    private FakeAri _asterisk = null!;
    private int _packets;

    [SetUp]
    public async Task StartAsync()
    {
        _packets = 0;
        _asterisk = await FakeAri.StartAsync();
        _asterisk.Modules = [.. _asterisk.Modules, "chan_audiosocket.so", "res_audiosocket.so"];
        // A phone to and from which packets flow.
        _asterisk.RtpStatistics = _ => (Interlocked.Add(ref _packets, 100), _packets);
    }

    [TearDown]
    public async Task StopAsync() => await _asterisk.DisposeAsync();

    [Test]
    public async Task Caller_who_is_not_heard_is_heard_over_another_transport_in_the_same_call()
    {
        await using var rig = await AriRig.ConnectAsync(
            _asterisk,
            async (call, leg, stopping) =>
            {
                // Over the WebSocket nothing comes: silence, until the audio is made anew.
                var frame = new short[160];
                while (frame[0] != 7)
                {
                    if (_asterisk.AudioSockets.Values.SingleOrDefault() is { } media)
                        await media.SendAudioAsync(Enumerable.Repeat((short)7, 160).ToArray());
                    Assert.That(await leg.Audio.ReceiveAsync(frame, default), Is.Not.Zero);
                }
                _ = _asterisk.AudioSockets.Values.Single().ReadToEndAsync();
                return AriRig.Done(call);
            },
            Impatient);

        await _asterisk.CallAsync("caller", "main");
        await _asterisk.UntilAsync(() => _asterisk.Left.ContainsKey("caller"), "continue");
        await rig.UntilNothingIsLeftAsync(_asterisk);

        Assert.Multiple(() =>
        {
            Assert.That(_asterisk.Left["caller"].Variable("VOICEAI_RESULT"), Is.EqualTo("done"));
            Assert.That(rig.Log.Lines.Single(line => line.Id.Id == 8133).Text, Does.Contain("one-way").And.Contain("0 frames received"));
            Assert.That(rig.Log.Lines.Single(line => line.Id.Id == 8134).Text, Does.Contain("audiosocket slin"));
            Assert.That(rig.Media.Faults, Is.EqualTo(new Dictionary<string, long> { [MediaFault.OneWay] = 1 }));
            Assert.That(rig.Media.Rebuilt, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Muted_caller_is_no_fault()
    {
        // Asterisk gets nothing from this phone.
        _asterisk.RtpStatistics = _ => (Interlocked.Add(ref _packets, 100), 100);
        await using var rig = await AriRig.ConnectAsync(_asterisk, AriRig.WaitForHangUp, Impatient);

        await _asterisk.CallAsync("caller", "main");
        await _asterisk.UntilAsync(() => _asterisk.Requests.Count(r => r.EndsWith("rtp_statistics", StringComparison.Ordinal)) >= 4, "looks beyond the time of proof");
        await _asterisk.HangUpAsync("caller");
        await rig.UntilNothingIsLeftAsync(_asterisk);

        Assert.That(rig.Media.Faults, Is.Empty);
    }

    [Test]
    public async Task Caller_without_statistics_is_no_fault()
    {
        _asterisk.RtpStatistics = _ => null;
        await using var rig = await AriRig.ConnectAsync(_asterisk, AriRig.WaitForHangUp, Impatient);

        await _asterisk.CallAsync("caller", "main");
        await _asterisk.UntilAsync(() => _asterisk.Requests.Count(r => r.EndsWith("rtp_statistics", StringComparison.Ordinal)) >= 4, "looks beyond the time of proof");
        await _asterisk.HangUpAsync("caller");
        await rig.UntilNothingIsLeftAsync(_asterisk);

        Assert.That(rig.Media.Faults, Is.Empty);
    }

    [Test]
    public async Task Channels_that_were_taken_out_of_their_bridge_are_put_back()
    {
        await using var rig = await AriRig.ConnectAsync(_asterisk, AriRig.WaitForHangUp, Impatient);
        _asterisk.Before = request =>
        {
            // The first look of the doctor: another application has interfered.
            if (request.EndsWith("rtp_statistics", StringComparison.Ordinal) && Volatile.Read(ref _packets) == 0)
                _asterisk.Bridges[_asterisk.Bridges.Keys.Single()] = [];
            return Task.FromResult<int?>(null);
        };

        await _asterisk.CallAsync("caller", "main");
        await rig.UntilAsync(() => rig.Media.Rebuilt == 1, "the repair");

        Assert.Multiple(() =>
        {
            Assert.That(_asterisk.Bridges.Values.Single(), Has.Length.EqualTo(2));
            Assert.That(_asterisk.Media, Has.Count.EqualTo(1), "the link was well");
            Assert.That(rig.Media.Faults, Is.EqualTo(new Dictionary<string, long> { [MediaFault.NotBridged] = 1 }));
        });
        await _asterisk.HangUpAsync("caller");
        await rig.UntilNothingIsLeftAsync(_asterisk);
    }

    private static void Impatient(Asterisk.Ari.AriOptions options) => options.Media.ProofTime = TimeSpan.FromMilliseconds(500);
}
