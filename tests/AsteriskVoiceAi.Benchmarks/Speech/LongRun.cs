using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Moonshine;
using AsteriskVoiceAi.Engines.Onnx;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Speech;

/// <summary>Does recognition keep memory? Short utterances of every kind, thousands of them, with the process's memory as it goes.</summary>
internal static class LongRun
{
    private const int Rate = 16_000;
    private const int Rows = 10;

    private static readonly Expectation[] Expectations =
        [Expectation.Anything, new Expectation.Digits(1, 4), new Expectation.YesNo(), new Expectation.Characters(1, 4), new Expectation.OneOf(["billing", "opening hours"]), new Expectation.Date()];

    public static async Task RunAsync(int utterances, TextWriter output)
    {
        var runtime = OnnxRuntime.Load(Path.Combine(Lab.ModelsFolder, "onnxruntime", "libonnxruntime.so"));
        var folder = Path.Combine(Lab.ModelsFolder, "moonshine");
        using var workers = new EngineWorkers(1, TimeProvider.System);
        using var recognizer = new MoonshineRecognizer(
            "moonshine-tiny", new(runtime, Path.Combine(folder, "tiny"), TokenTable.Load(Path.Combine(folder, "tokens.txt"))), workers, TimeProvider.System);
        List<float[]> sounds = [];
        foreach (var said in new[] { "Yes.", "Four one five.", "Billing.", "Tomorrow.", "No, thank you.", "A B one two." })
            sounds.Add(AsteriskVoiceAi.Audio.Resampler.Convert([.. (await Flite.SpeakAsync(said)).Select(sample => sample / 32_768f)], 8_000, Rate));
        var table = new MarkdownTable("utterances", "working set MB", "private MB", "managed heap MB");
        for (var done = 0; done <= utterances; done++)
        {
            if (done % Math.Max(1, utterances / Rows) == 0)
                table.Add(Memory(done));
            await recognizer.RecognizeAsync(sounds[done % sounds.Count], Expectations[done / sounds.Count % Expectations.Length], "en-US", CancellationToken.None);
        }
        await output.WriteLineAsync(table.ToString());
    }

    private static string[] Memory(int done)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return [$"{done:N0}", $"{process.WorkingSet64 / 1e6:0.0}", $"{process.PrivateMemorySize64 / 1e6:0.0}", $"{GC.GetTotalMemory(forceFullCollection: false) / 1e6:0.0}"];
    }
}
