using System.Collections.Concurrent;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>A caller's voice from the program flite. What was synthesised once in this process is kept.</summary>
public static class Flite
{
    private static readonly ConcurrentDictionary<(string, string), Task<short[]>> Spoken = new();

    /// <summary>Whether the program can be found.</summary>
    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "flite")));

    /// <param name="voice">kal (8 kHz), awb, rms or slt (16 kHz, closer to a human's).</param>
    /// <returns>Samples at 8 kHz, without the program's own silence at both ends.</returns>
    public static Task<short[]> SpeakAsync(string text, string voice = "slt") =>
        Spoken.GetOrAdd((text, voice), static key => SynthesizeAsync(key.Item1, key.Item2));

    private static async Task<short[]> SynthesizeAsync(string text, string voice)
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-flite-");
        try
        {
            var file = Path.Combine(folder.FullName, "speech.wav");
            await ChildProcess.RunAsync("flite", "flite", ["-voice", voice, "-t", text, "-o", file]);
            return Trim((await WavFile.ReadAsync(file)).At8000().Samples);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static short[] Trim(short[] samples)
    {
        const int silentBelow = 200;
        var first = Array.FindIndex(samples, s => Math.Abs((int)s) >= silentBelow);
        var last = Array.FindLastIndex(samples, s => Math.Abs((int)s) >= silentBelow);
        return first < 0 ? samples : samples[first..(last + 1)];
    }
}
