using System.Threading.Channels;

namespace AsteriskVoiceAi.Calls.Arrival;

/// <summary>Our connection to one caller, answered and with audio flowing. The adapter that made it ends it.</summary>
public interface ICallLeg
{
    /// <summary>Audio in and out.</summary>
    IAudioLink Audio { get; }

    /// <summary>Keys as the caller presses them, each one of <c>0-9*#A-D</c>; bounded, drops the oldest. Completed when the leg ends.</summary>
    ChannelReader<char> Keys { get; }

    /// <summary>Cancelled when the caller is gone, however that happened.</summary>
    CancellationToken HungUp { get; }

    /// <summary>
    /// Sets a variable on the channel while the call runs, for whoever reads it later. Returns at once and never throws; of the values
    /// that wait under one name only the last is set. A leg that can't leaves it out.
    /// </summary>
    void Note(string variable, string value)
    {
    }

    /// <summary>How the audio fares; a snapshot, safe from any thread. Null = nobody counts.</summary>
    AudioReport? Report => null;

    /// <summary>Another instance of the service has the caller now; <see cref="HungUp"/> is cancelled, too. The outcome is nobody's concern.</summary>
    bool HandedOver => false;
}
