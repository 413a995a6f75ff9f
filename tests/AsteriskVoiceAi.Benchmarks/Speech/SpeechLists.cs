using System.Text.Json;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Speech;

/// <summary>
/// Makes lists for <c>voiceai evaluate speech</c> of what every Asterisk brings: prompts by a human voice with their words, and its digits, joined to numbers.
/// </summary>
internal static class SpeechLists
{
    private const int Rate = 8_000;
    private const int Numbers = 60;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>Writes <c>prompts.jsonl</c>, <c>digits.jsonl</c>, <c>numbers.jsonl</c> and the recordings of the numbers.</summary>
    public static async Task WriteAsync(string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        List<object> prompts = [];
        foreach (var (name, words) in HumanPrompts.Texts.Where(prompt => IsSentence(prompt.Value)))
        {
            var seconds = (double)(await HumanPrompts.ReadAsync(name)).Length / Rate;
            if (seconds >= Shortest.TotalSeconds && seconds <= Longest.TotalSeconds)
                prompts.Add(new { id = name, text = words, audio = HumanPrompts.PathOf(name) });
        }
        await SaveAsync(Path.Combine(folder, "prompts.jsonl"), prompts, output);
        await SaveAsync(
            Path.Combine(folder, "digits.jsonl"),
            [.. Enumerable.Range(0, 10).Select(digit => new { id = $"digit-{digit}", text = $"{digit}", audio = HumanPrompts.PathOf($"digits/{digit}"), expect = "digits:1" })],
            output);
        await SaveAsync(Path.Combine(folder, "numbers.jsonl"), await NumbersAsync(folder), output);
    }

    /// <summary>Numbers of 4 and of 10 digits in groups of four: short gaps between digits, 0.3 to 0.5 s between groups.</summary>
    private static async Task<List<object>> NumbersAsync(string folder)
    {
        var random = new Random(1);
        List<object> rows = [];
        for (var number = 0; number < Numbers; number++)
        {
            int[] digits = [.. Enumerable.Range(0, number % 2 == 0 ? 4 : 10).Select(_ => random.Next(10))];
            var samples = new List<short>();
            for (var i = 0; i < digits.Length; i++)
            {
                samples.AddRange(Trimmed(await HumanPrompts.ReadAsync($"digits/{digits[i]}")));
                if (i < digits.Length - 1)
                    samples.AddRange(new short[Rate * (i % 4 == 3 ? random.Next(300, 500) : random.Next(60, 200)) / 1000]);
            }
            await File.WriteAllBytesAsync(Path.Combine(folder, $"number-{number}.wav"), Audio.WavFile.Write(samples.ToArray(), Rate));
            rows.Add(new { id = $"number-{number}", text = string.Join(' ', digits), expect = $"digits:{digits.Length}" });
        }
        return rows;
    }

    /// <summary>Without the silence that a recording begins and ends with.</summary>
    private static short[] Trimmed(short[] samples)
    {
        const int frame = Rate / 100;
        bool Sounds(int at) => Loudness.Dbfs(samples.AsSpan(at, Math.Min(frame, samples.Length - at))) > -45;
        var (first, last) = (0, samples.Length - frame);
        while (first < last && !Sounds(first))
            first += frame;
        while (last > first && !Sounds(last))
            last -= frame;
        return samples[first..Math.Min(samples.Length, last + frame)];
    }

    /// <summary>Three words and more; what is in brackets is no speech.</summary>
    private static bool IsSentence(string words) => words.Split(' ').Length >= 3 && words.IndexOfAny(['[', '(']) < 0;

    private static async Task SaveAsync(string path, List<object> rows, TextWriter output)
    {
        await File.WriteAllLinesAsync(path, rows.Select(row => JsonSerializer.Serialize(row)));
        await output.WriteLineAsync($"{path}: {rows.Count} rows");
    }
}
