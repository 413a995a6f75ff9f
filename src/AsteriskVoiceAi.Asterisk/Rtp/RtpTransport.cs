using System.Globalization;
using System.Net;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>RTP between a port of ours and Asterisk's UnicastRTP channel.</summary>
internal sealed class RtpTransport(RtpEngine engine) : IMediaTransport
{
    public MediaTransport Kind => MediaTransport.Rtp;

    public IReadOnlyList<string> Modules { get; } = ["chan_rtp.so", "res_rtp_asterisk.so"];

    public MediaFormat FormatFor(MediaFormat callers) => Carries(callers) ? callers : MediaFormat.ULaw;

    /// <summary>Static payload types: of what is sent to it in a dynamic one Asterisk drops everything, without a word.</summary>
    public bool Carries(MediaFormat format) => format.PayloadType < 35;

    public Task<IMediaOffer> PrepareAsync(MediaFormat format, IMediaLink? former, CancellationToken cancellationToken)
    {
        try
        {
            // A stream that goes on where the former one ended: a lower sequence number may be taken for an old packet for minutes.
            return Task.FromResult<IMediaOffer>(new Offer(engine.Reserve(), format, (former as RtpLink)?.StreamState));
        }
        catch (RtpException e)
        {
            throw new MediaException(e.Message, e);
        }
    }

    private sealed class Offer(RtpPort port, MediaFormat format, RtpStreamState? from) : IMediaOffer
    {
        public ExternalMedia Request { get; } = new("rtp", "udp", format.Name) { ExternalHost = port.Advertised };

        public Task<IMediaLink> OpenAsync(IReadOnlyDictionary<string, string> channelVariables, CancellationToken cancellationToken)
        {
            var (host, number) = (channelVariables.GetValueOrDefault("UNICASTRTP_LOCAL_ADDRESS"), channelVariables.GetValueOrDefault("UNICASTRTP_LOCAL_PORT"));
            if (!IPAddress.TryParse(host, out var address) || !ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var asterisk))
                throw new MediaException($"Asterisk made a media channel but named no address for its RTP: UNICASTRTP_LOCAL_ADDRESS is '{host}', UNICASTRTP_LOCAL_PORT is '{number}'.");
            try
            {
                return Task.FromResult<IMediaLink>(port.Open(new IPEndPoint(address, asterisk), format, from));
            }
            catch (RtpException e)
            {
                throw new MediaException(e.Message, e);
            }
        }

        public ValueTask DisposeAsync()
        {
            port.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
