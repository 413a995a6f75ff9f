using System.Diagnostics;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Human speech over a telephone line: Asterisk's own English prompts, whose words are known.</summary>
[Explicit("takes a minute and needs asterisk-core-sounds-en-wav; set VOICEAI_SOUNDS to the folder with core-sounds-en.txt")]
[Category("Accuracy")]
public sealed class WordErrorRateTests
{
    private static readonly Dictionary<string, string> SameWords = new()
    {
        ["0"] = "zero",
        ["1"] = "one",
        ["2"] = "two",
        ["3"] = "three",
        ["4"] = "four",
        ["5"] = "five",
        ["6"] = "six",
        ["7"] = "seven",
        ["8"] = "eight",
        ["9"] = "nine",
        ["10"] = "ten",
        ["voice mail"] = "voicemail",
        ["e-mail"] = "email",
    };

    [TestCase("base", 0.05)]
    [TestCase("tiny", 0.09)]
    public async Task Few_words_are_heard_wrong(string size, double limit)
    {
        var folder = Environment.GetEnvironmentVariable("VOICEAI_SOUNDS") ?? "";
        if (!File.Exists(Path.Combine(folder, "core-sounds-en.txt")))
            Needed.Missing("recorded prompts", "apt-get install asterisk-core-sounds-en-wav and set VOICEAI_SOUNDS");
        var recognizer = size == "base" ? InstalledModels.Base : InstalledModels.Tiny;
        var (errors, words) = (0, 0);
        var times = new List<double>();
        foreach (var (file, text) in Prompts(folder).Take(120))
        {
            if (!WavFile.TryRead(await File.ReadAllBytesAsync(file), out var samples, out var rate) || samples.Length < rate || samples.Length > 8 * rate)
                continue;
            var speech = Sounds.Telephone(new SpokenPrompt(samples, rate));
            var started = Stopwatch.GetTimestamp();
            var transcript = await recognizer.RecognizeAsync(speech, Expectation.Anything, "en-US", CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            var (said, heard) = (Normalise(text), Normalise(transcript.Text));
            words += said.Length;
            errors += Distance(said, heard);
            if (!said.SequenceEqual(heard))
                TestContext.Out.WriteLine($"{Path.GetFileName(file)}: {string.Join(' ', said)} <> {string.Join(' ', heard)} ({transcript.Confidence:0.00})");
        }
        times.Sort();
        TestContext.Out.WriteLine(
            $"{size}: {times.Count} prompts, {words} words, WER {(double)errors / words:P1}, p50 {times[times.Count / 2]:0} ms, p95 {times[times.Count * 95 / 100]:0} ms");

        Assert.That((double)errors / words, Is.LessThan(limit));
    }

    private static IEnumerable<(string File, string Text)> Prompts(string folder) =>
        File.ReadLines(Path.Combine(folder, "core-sounds-en.txt"))
            .Where(line => !line.StartsWith(';') && line.Contains(": ", StringComparison.Ordinal))
            .Select(line => (File: Path.Combine(folder, line[..line.IndexOf(':', StringComparison.Ordinal)] + ".wav"), Text: line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]))
            .Where(prompt => prompt.Text.Split(' ').Length >= 3 && !prompt.Text.Contains('[', StringComparison.Ordinal) && !prompt.Text.Contains('(', StringComparison.Ordinal) && File.Exists(prompt.File));

    private static string[] Normalise(string text)
    {
        var words = Sounds.Words(text).Replace("voice mail", "voicemail", StringComparison.Ordinal).Replace("e mail", "email", StringComparison.Ordinal);
        return [.. words.Replace("'", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => SameWords.GetValueOrDefault(word, word))];
    }

    private static int Distance(string[] said, string[] heard)
    {
        var row = Enumerable.Range(0, heard.Length + 1).ToArray();
        for (var i = 1; i <= said.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= heard.Length; j++)
            {
                var substituted = diagonal + (said[i - 1] == heard[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
