using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Tests.Metrics;

/// <summary>A link that has carried so much.</summary>
internal sealed class FakeLink : IMediaLink
{
    public event Action<char>? KeyPressed
    {
        add { }
        remove { }
    }

    public int SampleRate => 8000;

    public MediaTransport Transport => MediaTransport.Rtp;

    public MediaFormat Format => MediaFormat.ULaw;

    public Task Ended => Task.CompletedTask;

    public string? EndReason => null;

    public MediaCounters Counters { get; set; } = new(Received: 98, Sent: 100, Lost: 2, Late: 1, Concealed: 3, Jitter: TimeSpan.FromMilliseconds(8));

    public ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken) => new(0);

    public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop) => Task.FromResult(0);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
