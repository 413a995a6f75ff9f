using System.Diagnostics;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Benchmarks.Reporting;

namespace AsteriskVoiceAi.Benchmarks.Synthesis;

/// <summary>How evenly the resampler passes the telephone band, and how much of what does not fit it folds back; beside sox where that is installed.</summary>
internal sealed class ResamplingBenchmark(TextWriter output)
{
    private const int Step = 100;
    private const float Amplitude = 0.25f;

    private static readonly (int From, int To)[] Rates = [(16_000, 8_000), (22_050, 8_000), (24_000, 8_000), (48_000, 8_000), (22_050, 16_000), (8_000, 16_000)];

    public async Task RunAsync()
    {
        var table = new MarkdownTable("rates, Hz", "by", "ripple 200 to 3400 Hz, dB", "-3 dB at, Hz", "worst tone beyond 1.15 × half, dB", "worst beyond half, dB");
        foreach (var (from, to) in Rates)
        {
            var tones = Enumerable.Range(2, (from / 2 / Step) - 2).Select(i => i * Step).ToList();
            var sound = tones.SelectMany(hertz => Tone(hertz, from)).ToArray();
            table.Add(Row(from, to, tones, "ours", Resampler.Convert(sound, from, to)));
            if (await SoxAsync(sound, from, to) is { } sox)
                table.Add(Row(from, to, tones, "sox -R rate -h", sox));
        }
        await output.WriteLineAsync(table.ToString());
    }

    private static string[] Row(int from, int to, List<int> tones, string by, float[] converted)
    {
        var length = (int)((long)to * tones.Count / 4 / tones.Count);
        // The middle of each quarter of a second: its edges hear the neighbours.
        double Gain(int i) => Loudness.Dbfs(converted.AsSpan((i * length) + (length / 4), length / 2)) - (20 * Math.Log10(Amplitude / Math.Sqrt(2)));
        var gains = tones.Select((hertz, i) => (hertz, Gain: Gain(i))).ToList();
        var band = gains.Where(tone => tone.hertz is >= 200 and <= 3400).Select(tone => tone.Gain).ToList();
        var half = to / 2;
        var edge = gains.FirstOrDefault(tone => tone.hertz > 3400 && tone.Gain < -3);
        string Worst(double above) => gains.Where(tone => tone.hertz >= above && tone.hertz < from / 2) is var beyond && beyond.Any() ? $"{beyond.Max(tone => tone.Gain):0}" : "-";
        return [$"{from} to {to}", by, $"{band.Max() - band.Min():0.000}", edge.hertz == 0 ? "-" : $"{edge.hertz}", Worst(half * 1.15), Worst(half + 1)];
    }

    private static float[] Tone(int hertz, int rate) => [.. Enumerable.Range(0, rate / 4).Select(i => Amplitude * (float)Math.Sin(2 * Math.PI * hertz * i / rate))];

    /// <returns>Null = sox is not installed.</returns>
    private static async Task<float[]?> SoxAsync(float[] sound, int from, int to)
    {
        if (!File.Exists("/usr/bin/sox"))
            return null;
        var folder = Directory.CreateTempSubdirectory("voiceai-sox-");
        try
        {
            var (source, target) = (Path.Combine(folder.FullName, "in.f32"), Path.Combine(folder.FullName, "out.f32"));
            await File.WriteAllBytesAsync(source, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(sound).ToArray());
            using var sox = Process.Start("/usr/bin/sox", ["-R", "-r", $"{from}", "-c", "1", "-t", "f32", source, "-t", "f32", target, "rate", "-h", $"{to}"]);
            await sox.WaitForExitAsync();
            return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(target)).ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
