using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Speech;

/// <summary>
/// Makes lists for <c>voiceai evaluate speech</c> of what every Asterisk brings: prompts by a human voice with their words, and its digits, joined to numbers;
/// and of a folder of digits by other voices.
/// </summary>
internal static class SpeechLists
{
    private const int Rate = 8_000;
    private const int Numbers = 60;
    private const int TakesOfDigit = 5;
    private const int NumbersOfVoice = 15;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>Writes <c>voices-digits.jsonl</c> (single digits) and <c>voices-numbers.jsonl</c> (numbers of 4 and 10 digits, each of one voice).</summary>
    /// <param name="recordings">Files DIGIT_VOICE_TAKE.wav, as in the Free Spoken Digit Dataset.</param>
    public static async Task WriteVoicesAsync(string folder, string recordings, TextWriter output)
    {
        var takes = Directory.EnumerateFiles(recordings, "?_*_*.wav")
            .Select(path => (Path: path, Parts: Path.GetFileNameWithoutExtension(path).Split('_')))
            .Where(file => file.Parts.Length == 3 && int.TryParse(file.Parts[2], out _))
            .OrderBy(file => int.Parse(file.Parts[2], CultureInfo.InvariantCulture))
            .ToLookup(file => (Voice: file.Parts[1], Digit: file.Parts[0][0] - '0'), file => file.Path);
        string[] voices = [.. takes.Select(group => group.Key.Voice).Distinct().Order(StringComparer.Ordinal)];
        if (voices.Length == 0)
            throw new InvalidOperationException($"{recordings} has no files DIGIT_VOICE_TAKE.wav.");
        List<object> digits =
        [
            .. takes.OrderBy(group => group.Key).SelectMany(group => group.Take(TakesOfDigit).Select(path =>
                new { id = Path.GetFileNameWithoutExtension(path), text = $"{group.Key.Digit}", audio = Path.GetFullPath(path), expect = "digits:1" })),
        ];
        await SaveAsync(Path.Combine(folder, "voices-digits.jsonl"), digits, output);
        var random = new Random(2);
        List<object> numbers = [];
        foreach (var voice in voices)
        {
            for (var number = 0; number < NumbersOfVoice; number++)
            {
                int[] said = [.. Enumerable.Range(0, number % 2 == 0 ? 4 : 10).Select(_ => random.Next(10))];
                List<short[]> parts = [];
                foreach (var digit in said)
                {
                    // Not the takes of the single digits.
                    string[] others = [.. takes[(voice, digit)].Skip(TakesOfDigit)];
                    parts.Add((await TestSupport.Speech.WavFile.ReadAsync(others[random.Next(others.Length)])).At8000().Samples);
                }
                numbers.Add(await WriteNumberAsync(folder, $"{voice}-{number}", said, parts, random));
            }
        }
        await SaveAsync(Path.Combine(folder, "voices-numbers.jsonl"), numbers, output);
    }

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
            List<short[]> parts = [];
            foreach (var digit in digits)
                parts.Add(await HumanPrompts.ReadTrimmedAsync($"digits/{digit}"));
            rows.Add(await WriteNumberAsync(folder, $"number-{number}", digits, parts, random));
        }
        return rows;
    }

    private static async Task<object> WriteNumberAsync(string folder, string id, int[] digits, List<short[]> parts, Random random)
    {
        var samples = new List<short>();
        for (var i = 0; i < parts.Count; i++)
        {
            samples.AddRange(parts[i]);
            if (i < parts.Count - 1)
                samples.AddRange(new short[Rate * (i % 4 == 3 ? random.Next(300, 500) : random.Next(60, 200)) / 1000]);
        }
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{id}.wav"), Audio.WavFile.Write(samples.ToArray(), Rate));
        return new { id, text = string.Join(' ', digits), expect = $"digits:{digits.Length}" };
    }

    /// <summary>Three words and more; what is in brackets is no speech.</summary>
    private static bool IsSentence(string words) => words.Split(' ').Length >= 3 && words.IndexOfAny(['[', '(']) < 0;

    private static async Task SaveAsync(string path, List<object> rows, TextWriter output)
    {
        await File.WriteAllLinesAsync(path, rows.Select(row => JsonSerializer.Serialize(row)));
        await output.WriteLineAsync($"{path}: {rows.Count} rows");
    }
}
