using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Asterisk.Doctor;

/// <summary>A tone that is played at one end of a call and looked for at the other.</summary>
internal sealed class Tone(double hertz)
{
    private const double Amplitude = 8000;

    /// <summary>A second of it.</summary>
    public const int Frames = 50;

    public short[] Samples(int sampleRate) => [.. Enumerable.Range(0, sampleRate).Select(i => (short)(Amplitude * Math.Sin(2 * Math.PI * hertz * i / sampleRate)))];

    /// <summary>Listens until half of the tone was heard, or the link ends.</summary>
    /// <param name="heard">Told of each frame that holds it.</param>
    public async Task ListenAsync(IAudioLink link, Action heard, CancellationToken cancellationToken)
    {
        var frame = new short[link.SampleRate / 50];
        for (var found = 0; found < Frames / 2;)
        {
            var samples = await link.ReceiveAsync(frame, cancellationToken);
            if (samples == 0)
                return;
            if (!IsIn(frame.AsSpan(0, samples), link.SampleRate))
                continue;
            found++;
            heard();
        }
    }

    /// <summary>Whether most of a frame's power is at this frequency (Goertzel).</summary>
    internal bool IsIn(ReadOnlySpan<short> frame, int sampleRate)
    {
        var turn = 2 * Math.Cos(2 * Math.PI * hertz / sampleRate);
        double last = 0, before = 0, all = 0;
        foreach (var sample in frame)
        {
            (before, last) = (last, sample + (turn * last) - before);
            all += (double)sample * sample;
        }
        // A pure tone has N/2 times the frame's energy here.
        var power = (last * last) + (before * before) - (turn * last * before);
        return all > frame.Length * 1000.0 && power > 0.6 * all * frame.Length / 2;
    }
}
