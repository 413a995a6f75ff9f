using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Tests.Media;

[TestFixture]
public sealed class MediaPlanTests
{
    private static readonly IMediaTransport[] Transports =
    [
        new Transport(MediaTransport.WebSocket, "chan_websocket.so"), new Transport(MediaTransport.Rtp, "chan_rtp.so"), new Transport(MediaTransport.AudioSocket, "chan_audiosocket.so"),
    ];

    [TestCase("22.10.1+dfsg+~cs6.17", "chan_websocket.so chan_rtp.so chan_audiosocket.so", "WebSocket Rtp AudioSocket")]
    [TestCase("22.7.0", "chan_websocket.so chan_rtp.so chan_audiosocket.so", "Rtp AudioSocket")]
    [TestCase("certified-20.7-cert5", "chan_websocket.so chan_rtp.so", "Rtp")]
    [TestCase("20.18.0", "chan_websocket.so", "WebSocket")]
    [TestCase("GIT-master-abc123", "chan_websocket.so chan_rtp.so", "WebSocket Rtp")]
    [TestCase("16.28.0", "chan_rtp.so", "Rtp")]
    [TestCase("18.9.0", "chan_audiosocket.so", "AudioSocket")]
    [TestCase("22.10.1", "", "")]
    public void Auto_takes_the_best_that_version_and_modules_allow(string version, string modules, string expected)
    {
        var plan = MediaPlan.Make(new MediaOptions(), Transports, version, modules.Split(' '));

        Assert.That(string.Join(' ', plan.Transports.Select(t => t.Kind)), Is.EqualTo(expected));
        Assert.That(plan.Reason, Does.Contain(version));
    }

    [Test]
    public void Fixed_transport_comes_first_and_the_others_help_out()
    {
        var plan = MediaPlan.Make(new MediaOptions { Transport = TransportChoice.Rtp }, Transports, "22.10.1", ["chan_websocket.so", "chan_rtp.so"]);

        Assert.That(plan.Transports.Select(t => t.Kind), Is.EqualTo(new[] { MediaTransport.Rtp, MediaTransport.WebSocket }));
    }

    [Test]
    public void Fixed_transport_without_its_module_names_it()
    {
        var plan = MediaPlan.Make(new MediaOptions { Transport = TransportChoice.Rtp }, Transports, "22.10.1", ["chan_websocket.so"]);

        Assert.That(plan.Transports, Is.Empty);
        Assert.That(plan.Reason, Does.Contain("ari.media.transport is rtp").And.Contain("module load chan_rtp.so"));
    }

    private sealed class Transport(MediaTransport kind, string module) : IMediaTransport
    {
        public MediaTransport Kind => kind;

        public IReadOnlyList<string> Modules { get; } = [module];

        public MediaFormat FormatFor(MediaFormat callers) => callers;

        public bool Carries(MediaFormat format) => true;

        public Task<IMediaOffer> PrepareAsync(MediaFormat format, IMediaLink? former, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
