using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Gauges;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Benchmarks.Memory;

/// <summary>What a service without calls keeps of the machine's memory, with more and more models, and how long they take to load.</summary>
internal static class IdleMemory
{
    /// <summary>The service gives back what its start took 10 s after it is ready.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    private static readonly (string Name, string Recognizers, string TurnDetector, string SentenceEncoder)[] Steps =
    [
        ("the voice detector and moonshine-tiny", "moonshine-tiny", "none", "none"),
        ("and moonshine-base", "moonshine-base,moonshine-tiny", "none", "none"),
        ("and smart-turn", "moonshine-base,moonshine-tiny", "smart-turn", "none"),
        ("and minilm", "moonshine-base,moonshine-tiny", "smart-turn", "minilm"),
    ];

    /// <param name="program">A published service; null = this build's.</param>
    public static async Task RunAsync(TextWriter output, string? program)
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-prepared-");
        try
        {
            var table = new MarkdownTable("models", "own memory MB", "from files MB", "managed heap MB", "prepared models: own memory MB", "from files MB", "managed heap MB");
            foreach (var step in Steps)
                table.Add([step.Name, .. await MeasureAsync(step, "", program), .. await MeasurePreparedAsync(step, folder.FullName, program)]);
            output.WriteLine(table);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> MeasurePreparedAsync((string Name, string Recognizers, string TurnDetector, string SentenceEncoder) step, string folder, string? program)
    {
        // The first start prepares them.
        await using (await StartAsync(step, folder, program))
        {
        }
        return await MeasureAsync(step, folder, program);
    }

    private static async Task<string[]> MeasureAsync((string Name, string Recognizers, string TurnDetector, string SentenceEncoder) step, string prepared, string? program)
    {
        await using var service = await StartAsync(step, prepared, program);
        await Task.Delay(Settled, TimeProvider.System);
        var gauge = new ServiceGauge(program);
        // First, since asking for the heap's size takes memory.
        var (own, files) = (gauge.Process.Own, gauge.Process.Private - gauge.Process.Own);
        return [Megabytes(own), Megabytes(files), Megabytes((await gauge.ReadAsync()).Heap)];
    }

    private static Task<ServiceProcess> StartAsync((string Name, string Recognizers, string TurnDetector, string SentenceEncoder) step, string prepared, string? program) => ServiceProcess.StartAsync(
        Repository.PathOf("voiceai.yaml"),
        new Dictionary<string, string>
        {
            ["FASTAGI__PORT"] = FreePorts.Tcp().ToString(CultureInfo.InvariantCulture),
            ["AUDIOSOCKET__PORT"] = FreePorts.Tcp().ToString(CultureInfo.InvariantCulture),
            ["ARI__ENABLED"] = "false",
            ["SPEECH__MODELS_FOLDER"] = Lab.ModelsFolder,
            ["SPEECH__PREPARED_MODELS_FOLDER"] = prepared,
            ["SPEECH__RECOGNIZERS"] = step.Recognizers,
            ["SPEECH__TURN_DETECTOR"] = step.TurnDetector,
            ["SPEECH__SENTENCE_ENCODER"] = step.SentenceEncoder,
            ["FLOWS__FOLDER"] = Repository.PathOf("flows"),
            ["LOG__LEVEL"] = "error",
        },
        program: program);

    private static string Megabytes(long bytes) => (bytes / (1024.0 * 1024)).ToString("0", CultureInfo.InvariantCulture);
}
