using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

/// <summary>Noise that rises and falls like syllables stands for speech: what is under test is loudness over time.</summary>
internal sealed class EchoGateTests
{
    private const int Rate = 8000;
    private const int Frame = Rate / 50;

    [TestCase(20, -20)]
    [TestCase(120, -6)]
    [TestCase(250, -12)]
    [TestCase(250, -30)]
    public void Echo_of_a_prompt_is_explained(int delay, int decibels)
    {
        var prompt = Syllables(seed: 1, seconds: 8, peak: 8000);

        var gate = new EchoGate(Rate);
        var explained = Run(gate, Mix(Echo(prompt, delay, decibels), Noise(prompt.Length)), prompt);

        // From one second on, and where something can be heard at all.
        Assert.That(Share(explained, Echo(prompt, delay, decibels), from: 31, to: explained.Count, louder: 100), Is.GreaterThan(0.97));
        Assert.That(gate.Delay!.Value.TotalMilliseconds, Is.EqualTo(delay).Within(10));
        Assert.That(gate.Gain, Is.EqualTo(decibels).Within(5));
    }

    [TestCase(-12)]
    [TestCase(-20)]
    public void Caller_stands_out_of_the_echo(int decibels)
    {
        var prompt = Syllables(seed: 1, seconds: 8, peak: 8000);
        var caller = Syllables(seed: 2, seconds: 2, peak: 8000);
        var heard = Mix(Echo(prompt, 100, decibels), Noise(prompt.Length));
        for (var i = 0; i < caller.Length; i++)
            heard[(4 * Rate) + i] = (short)(heard[(4 * Rate) + i] + caller[i]);

        var explained = Run(new EchoGate(Rate), heard, prompt);

        // 4 s are 125 frames of 32 ms.
        short[] alone = [.. new short[4 * Rate], .. caller, .. new short[2 * Rate]];
        Assert.That(Share(explained, alone, from: 125, to: 187, louder: 1500), Is.LessThan(0.2));
    }

    [Test]
    public void Caller_on_a_line_without_echo_is_never_hidden()
    {
        var prompt = Syllables(seed: 1, seconds: 8, peak: 8000);
        var caller = Syllables(seed: 2, seconds: 2, peak: 2000);
        var heard = Noise(prompt.Length);
        for (var i = 0; i < caller.Length; i++)
            heard[(2 * Rate) + i] = (short)(heard[(2 * Rate) + i] + caller[i]);

        var gate = new EchoGate(Rate);
        var explained = Run(gate, heard, prompt);

        Assert.That(gate.Gain, Is.LessThan(-35));
        short[] alone = [.. new short[2 * Rate], .. caller, .. new short[4 * Rate]];
        Assert.That(Share(explained, alone, from: 63, to: 125, louder: 300), Is.LessThan(0.05));
    }

    [Test]
    public void Where_nothing_is_played_nothing_is_explained()
    {
        var caller = Syllables(seed: 2, seconds: 3, peak: 4000);

        Assert.That(Run(new EchoGate(Rate), caller, new short[caller.Length]), Is.All.False);
    }

    /// <summary>Share of frames that are explained, of those in which this sound is louder (root mean square).</summary>
    private static double Share(List<bool> explained, short[] sound, int from, int to, double louder)
    {
        var frames = Enumerable.Range(from, to - from).Where(frame => Level(sound, frame) > louder).ToList();
        return frames.Average(frame => explained[frame] ? 1.0 : 0);
    }

    private static double Level(short[] sound, int frame) =>
        Math.Sqrt(sound.Skip(frame * 256).Take(256).Select(sample => (double)sample * sample).DefaultIfEmpty(0).Average());

    private static List<bool> Run(EchoGate gate, short[] heard, short[] played)
    {
        var explained = new List<bool>();
        for (var at = 0; at + Frame <= heard.Length; at += Frame)
        {
            gate.Take(heard.AsSpan(at, Frame), played.AsSpan(at, Frame));
            for (var next = explained.Count * 0.032; (next + 0.032) * Rate <= at + Frame; next += 0.032)
                explained.Add(gate.Explains(next));
        }
        return explained;
    }

    private static short[] Syllables(int seed, int seconds, int peak)
    {
        var random = new Random(seed);
        var samples = new short[seconds * Rate];
        for (var at = 0; at < samples.Length;)
        {
            var length = random.Next(800, 2400);
            var loud = random.NextDouble() * (random.Next(4) == 0 ? 0 : 1);
            for (var i = 0; i < length && at < samples.Length; i++, at++)
                samples[at] = (short)(peak * loud * Math.Sin(Math.PI * i / length) * ((2 * random.NextDouble()) - 1));
        }
        return samples;
    }

    private static short[] Noise(int length)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-20, 21))];
    }

    private static short[] Echo(short[] prompt, int delay, int decibels)
    {
        var gain = Math.Pow(10, decibels / 20.0);
        var shift = delay * Rate / 1000;
        return [.. Enumerable.Range(0, prompt.Length).Select(i => i < shift ? (short)0 : (short)(prompt[i - shift] * gain))];
    }

    private static short[] Mix(short[] one, short[] other) => [.. one.Zip(other, (a, b) => (short)(a + b))];
}
