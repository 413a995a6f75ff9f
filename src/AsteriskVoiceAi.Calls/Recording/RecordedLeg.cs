using System.Threading.Channels;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Recording;

/// <summary>A leg whose audio is recorded.</summary>
internal sealed class RecordedLeg(ICallLeg leg, RecordedLink audio) : ICallLeg
{
    public IAudioLink Audio => audio;

    public RecordedLink Recording => audio;

    public ChannelReader<char> Keys => leg.Keys;

    public CancellationToken HungUp => leg.HungUp;

    public bool HandedOver => leg.HandedOver;

    public AudioReport? Report => leg.Report;

    public void Note(string variable, string value) => leg.Note(variable, value);
}
