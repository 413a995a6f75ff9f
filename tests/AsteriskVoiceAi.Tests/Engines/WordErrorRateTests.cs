using System.Diagnostics;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Whisper;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Human speech over a telephone line: Asterisk's own English prompts, whose words are known.</summary>
public sealed class WordErrorRateTests
{
    private const int Rate = 8_000;

    [TestCase("moonshine-base", 4, 0.05)]
    [TestCase("moonshine-tiny", 4, 0.09)]
    [TestCase("whisper-tiny.en", 12, 0.06)]
    [TestCase("whisper-base", 12, 0.05)]
    public async Task Few_words_are_heard_wrong(string engine, int every, double limit)
    {
        if (!HumanPrompts.Installed)
            Needed.Missing("recorded prompts", "scripts/install-asterisk.sh");
        await using var whisper = engine.StartsWith(WhisperModels.Prefix, StringComparison.Ordinal) ? await InstalledWhisper.StartAsync(engine) : null;
        ISpeechRecognizer recognizer = whisper is not null ? whisper : engine == "moonshine-base" ? InstalledModels.Base : InstalledModels.Tiny;
        var (errors, words) = (0, 0);
        var times = new List<double>();
        foreach (var (name, text) in Prompts(every))
        {
            var samples = await HumanPrompts.ReadAsync(name);
            if (samples.Length < Rate || samples.Length > 8 * Rate)
                continue;
            var speech = Sounds.Telephone(new SpokenPrompt(samples, Rate));
            var started = Stopwatch.GetTimestamp();
            var transcript = await recognizer.RecognizeAsync(speech, Expectation.Anything, "en-US", CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            words += WordErrors.Words(text).Length;
            errors += WordErrors.Count(text, transcript.Text);
            if (WordErrors.Count(text, transcript.Text) > 0)
                TestContext.Out.WriteLine($"{name}: {text} <> {transcript.Text} ({transcript.Confidence:0.00})");
        }
        times.Sort();
        TestContext.Out.WriteLine(
            $"{engine}: {times.Count} prompts, {words} words, WER {(double)errors / words:P1}, p50 {times[times.Count / 2]:0} ms, p95 {times[times.Count * 95 / 100]:0} ms");

        Assert.That((double)errors / words, Is.LessThan(limit));
    }

    /// <summary>Sentences; not all of them, so that a run takes seconds. The whole list is what `voiceai evaluate speech` is for.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Prompts(int every) => HumanPrompts.Texts
        .Where(prompt => prompt.Value.Split(' ').Length >= 3 && !prompt.Value.Contains('[', StringComparison.Ordinal) && !prompt.Value.Contains('(', StringComparison.Ordinal))
        .OrderBy(prompt => prompt.Key, StringComparer.Ordinal)
        .Where((_, i) => i % every == 0);
}
