using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>AudioSocket connections that ARI's externalMedia brings to our port.</summary>
internal sealed class AudioSocketTransport(AudioSocketRendezvous rendezvous, AudioSocketEndpoint endpoint, RouteToAsterisk route) : IMediaTransport
{
    public MediaTransport Kind => MediaTransport.AudioSocket;

    public IReadOnlyList<string> Modules { get; } = ["chan_audiosocket.so", "res_audiosocket.so"];

    /// <summary>Linear samples at the caller's rate: in any other format Asterisk sends encoded bytes and calls them linear.</summary>
    public MediaFormat FormatFor(MediaFormat callers) =>
        Carries(callers) ? callers : AudioSocketMessage.Formats.FirstOrDefault(format => format.SampleRate == callers.SampleRate, MediaFormat.Slin);

    public bool Carries(MediaFormat format) => AudioSocketMessage.Formats.Contains(format);

    public Task<IMediaOffer> PrepareAsync(MediaFormat format, IMediaLink? former, CancellationToken cancellationToken)
    {
        var uuid = Guid.NewGuid();
        return Task.FromResult<IMediaOffer>(new Offer(rendezvous.Expect(uuid, format), uuid, endpoint.For(route.LocalAddress())));
    }

    private sealed class Offer(ExpectedAudio expected, Guid uuid, string address) : IMediaOffer
    {
        private bool _opened;

        public ExternalMedia Request { get; } = new("audiosocket", "tcp", expected.Format.Name) { ExternalHost = address, Data = uuid.ToString("D") };

        public async Task<IMediaLink> OpenAsync(IReadOnlyDictionary<string, string> channelVariables, CancellationToken cancellationToken)
        {
            var link = await expected.Connected.WaitAsync(cancellationToken);
            _opened = true;
            return link;
        }

        public ValueTask DisposeAsync() => _opened ? ValueTask.CompletedTask : expected.DisposeAsync();
    }
}
