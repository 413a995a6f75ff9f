using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>A call's audio over one transport. Disposing ends it politely and awaits whatever it runs.</summary>
internal interface IMediaLink : IAudioLink, IAsyncDisposable
{
    MediaTransport Transport { get; }

    /// <summary>Codec on the wire.</summary>
    MediaFormat Format { get; }

    /// <summary>Ends when no more audio will come, whoever closed; never faults.</summary>
    Task Ended { get; }

    /// <summary>Why it ended, in an operator's words; null while it runs.</summary>
    string? EndReason { get; }

    /// <summary>A snapshot; safe from any thread.</summary>
    MediaCounters Counters { get; }

    /// <summary>A key that the media itself carried (RFC 4733, AudioSocket, WebSocket), one of <c>0-9*#A-D</c>. Raised on the link's own loop: must not block.</summary>
    event Action<char>? KeyPressed;
}
