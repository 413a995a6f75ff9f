using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>What all links share.</summary>
/// <param name="Name">RTCP's canonical name of this service.</param>
internal sealed record RtpLinkServices(string Name, RtpOptions Options, RtpStatus Status, TimeProvider Time, ILogger Logger)
{
    /// <summary>The monotonic clock in nanoseconds, which on Linux is what a timestamp is: the kernel's timer of <see cref="EventPoll"/> counts the same.</summary>
    public static long Now => Stopwatch.GetTimestamp();
}
