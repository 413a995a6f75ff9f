using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Tests.FastAgi;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Tests.Rtp;

/// <summary>A real engine on loopback with ports of its own.</summary>
internal sealed class RtpRig : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;

    public RtpRig(Action<RtpOptions>? change = null)
    {
        var (first, last) = FreePorts.UdpRange();
        Options = new RtpOptions { PortFirst = first, PortLast = last };
        change?.Invoke(Options);
        _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        Engine = new RtpEngine(Microsoft.Extensions.Options.Options.Create(Options), Status, TimeProvider.System, _loggers.CreateLogger<RtpEngine>());
    }

    public RtpOptions Options { get; }

    public RtpStatus Status { get; } = new();

    public LogLines Logs { get; } = new();

    public RtpEngine Engine { get; }

    /// <summary>A link with a peer at its other end.</summary>
    public RtpCall Call(MediaFormat? format = null, RtpStreamState? from = null)
    {
        var peer = FakeRtpPeer.Open();
        var port = Engine.Reserve();
        peer.Target = port.LocalEndPoint;
        return new RtpCall(port.Open(peer.EndPoint, format ?? MediaFormat.ULaw, from), peer);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _loggers.Dispose();
    }
}

internal sealed record RtpCall(RtpLink Link, FakeRtpPeer Peer) : IAsyncDisposable
{
    /// <summary>Reads what is heard until there are so many samples.</summary>
    public async Task<short[]> HearAsync(int samples)
    {
        var heard = new List<short>();
        var frame = new short[Link.Format.FrameSamples];
        while (heard.Count < samples)
        {
            var n = await Link.ReceiveAsync(frame, CancellationToken.None).Soon("audio of the peer");
            Assert.That(n, Is.Positive, "The link ended.");
            heard.AddRange(frame[..n]);
        }
        return [.. heard];
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await Peer.DisposeAsync();
    }
}
