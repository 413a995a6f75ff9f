using System.Diagnostics;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Whisper;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Human speech over a telephone line: Asterisk's own English prompts, whose words are known.</summary>
[Explicit("takes a minute and needs asterisk-core-sounds-en-wav; set VOICEAI_SOUNDS to the folder with core-sounds-en.txt")]
[Category("Accuracy")]
public sealed class WordErrorRateTests
{
    [TestCase("moonshine-base", 0.05)]
    [TestCase("moonshine-tiny", 0.09)]
    [TestCase("whisper-tiny.en", 0.06)]
    [TestCase("whisper-base", 0.05)]
    public async Task Few_words_are_heard_wrong(string engine, double limit)
    {
        var folder = Environment.GetEnvironmentVariable("VOICEAI_SOUNDS") ?? "";
        if (!File.Exists(Path.Combine(folder, "core-sounds-en.txt")))
            Needed.Missing("recorded prompts", "apt-get install asterisk-core-sounds-en-wav and set VOICEAI_SOUNDS");
        await using var whisper = engine.StartsWith(WhisperModels.Prefix, StringComparison.Ordinal) ? await InstalledWhisper.StartAsync(engine) : null;
        ISpeechRecognizer recognizer = whisper is not null ? whisper : engine == "moonshine-base" ? InstalledModels.Base : InstalledModels.Tiny;
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
            words += WordErrors.Words(text).Length;
            errors += WordErrors.Count(text, transcript.Text);
            if (WordErrors.Count(text, transcript.Text) > 0)
                TestContext.Out.WriteLine($"{Path.GetFileName(file)}: {text} <> {transcript.Text} ({transcript.Confidence:0.00})");
        }
        times.Sort();
        TestContext.Out.WriteLine(
            $"{engine}: {times.Count} prompts, {words} words, WER {(double)errors / words:P1}, p50 {times[times.Count / 2]:0} ms, p95 {times[times.Count * 95 / 100]:0} ms");

        Assert.That((double)errors / words, Is.LessThan(limit));
    }

    private static IEnumerable<(string File, string Text)> Prompts(string folder) =>
        File.ReadLines(Path.Combine(folder, "core-sounds-en.txt"))
            .Where(line => !line.StartsWith(';') && line.Contains(": ", StringComparison.Ordinal))
            .Select(line => (File: Path.Combine(folder, line[..line.IndexOf(':', StringComparison.Ordinal)] + ".wav"), Text: line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]))
            .Where(prompt => prompt.Text.Split(' ').Length >= 3 && !prompt.Text.Contains('[', StringComparison.Ordinal) && !prompt.Text.Contains('(', StringComparison.Ordinal) && File.Exists(prompt.File));
}
