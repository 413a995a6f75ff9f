using System.Globalization;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Sip;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Benchmarks.Media;

/// <summary>How well is a caller understood whose packets are lost, late, out of order or double, over RTP through a real Asterisk?</summary>
internal sealed class ImpairmentBenchmark(TextWriter output)
{
    private static readonly (string Name, RtpImpairment? Harm)[] Lines =
    [
        ("clean", null),
        ("loss 1 %", new() { Loss = 0.01 }),
        ("loss 5 %", new() { Loss = 0.05 }),
        ("loss 10 %", new() { Loss = 0.10 }),
        ("loss 20 %", new() { Loss = 0.20 }),
        ("bursts of 3 packets, 5 % in all", new() { Bursts = new(0.05, 3) }),
        ("bursts of 5 packets, 10 % in all", new() { Bursts = new(0.10, 5) }),
        ("jitter to 30 ms", new() { Jitter = TimeSpan.FromMilliseconds(30) }),
        ("jitter to 60 ms", new() { Jitter = TimeSpan.FromMilliseconds(60) }),
        ("jitter to 100 ms", new() { Jitter = TimeSpan.FromMilliseconds(100) }),
        ("5 % out of order", new() { Reordered = 0.05 }),
        ("20 % out of order", new() { Reordered = 0.20 }),
        ("10 % double", new() { Duplicated = 0.10 }),
        ("loss 5 %, jitter to 60 ms, 2 % out of order", new() { Loss = 0.05, Jitter = TimeSpan.FromMilliseconds(60), Reordered = 0.02 }),
    ];

    /// <param name="sentences">Said on each line.</param>
    public async Task RunAsync(int sentences)
    {
        var said = await SpokenThrough.SentencesAsync(sentences);
        var words = said.Sum(sentence => WordErrors.Words(sentence.Text).Length);
        SpokenThrough[] heard;
        await using (var lab = await MediaLab.StartAsync(MediaPath.Rtp))
            heard = await Task.WhenAll(Lines.Select(line => SpokenThrough.RunAsync(lab, MediaPath.Rtp, new() { Impairment = line.Harm }, said)));

        using var engines = Engines();
        var recognizer = engines.GetRequiredService<ISpeechRecognizer>();
        var engine = (await UnderstandAsync(recognizer, said[0].Samples, 8000)).Engine;
        output.WriteLine($"{said.Count} sentences, {words} words on each line; recognised by {engine}.");
        output.WriteLine();
        var table = new MarkdownTable("line", "word error rate", "packets lost on the way", "lost", "late", "double", "out of order", "frames made up", "jitter ms");
        for (var i = 0; i < Lines.Length; i++)
            table.Add([Lines[i].Name, Percent(await ErrorsAsync(recognizer, heard[i]), words), .. Counters(heard[i])]);
        output.WriteLine(table);
    }

    private static string[] Counters(SpokenThrough heard)
    {
        MediaCounters counters = heard.Counters;
        return
        [
            heard.Line.Offered == 0 ? "0 %" : Percent(heard.Line.Lost, heard.Line.Offered),
            .. new[] { counters.Lost, counters.Late, counters.Duplicate, counters.Reordered, counters.Concealed }.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)),
            counters.Jitter.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),
        ];
    }

    private static string Percent(double part, double whole) => string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole:0.0} %");

    private static async Task<int> ErrorsAsync(ISpeechRecognizer recognizer, SpokenThrough heard)
    {
        var errors = 0;
        foreach (var sentence in heard.Sentences)
            errors += WordErrors.Count(sentence.Text, (await UnderstandAsync(recognizer, sentence.Samples, sentence.SampleRate)).Text);
        return errors;
    }

    private static async Task<Transcript> UnderstandAsync(ISpeechRecognizer recognizer, short[] samples, int sampleRate)
    {
        var resampler = new Resampler(sampleRate, 16_000);
        var wide = new float[resampler.MaxOutput(samples.Length)];
        var length = resampler.Process(samples, wide);
        return await recognizer.RecognizeAsync(wide.AsMemory(0, length), Expectation.Anything, "en-US", CancellationToken.None);
    }

    private static ServiceProvider Engines() => new ServiceCollection()
        .AddSingleton(Options.Create(new SpeechOptions { ModelsFolder = Lab.ModelsFolder, Recognizers = ["moonshine-base"] }))
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSingleton<ILoggerFactory, NullLoggerFactory>()
        .AddSpeechEngines()
        .BuildServiceProvider();
}
