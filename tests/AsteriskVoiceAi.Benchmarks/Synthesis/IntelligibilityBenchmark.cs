using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Normalization;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.TestSupport.Speech;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Benchmarks.Synthesis;

/// <summary>
/// How well each voice is understood on a telephone: a hundred sentences are spoken, carried as G.711 and recognised again. Recogniser and
/// reference both go through the normalisation of calls and the word rules of evaluations, so "$12.50" and "twelve dollars and fifty cents" are the same.
/// </summary>
internal sealed class IntelligibilityBenchmark(TextWriter output)
{
    private const string American = "en-US";
    private const int Narrow = 8_000;
    private const int Wide = 16_000;

    /// <param name="voices">Synthesizers as configured; "flite:slt" names a voice of flite's, "…/raw" leaves out the normalisation.</param>
    /// <param name="recognizer">By its name in the configuration.</param>
    /// <param name="errors">Whether sentences that were not understood are listed.</param>
    public async Task RunAsync(IReadOnlyList<string> voices, string recognizer, int every, bool errors)
    {
        await using var hearing = Services(new SpeechOptions { ModelsFolder = Lab.ModelsFolder, Recognizers = [recognizer], Synthesizers = [], TurnDetector = "none", RecognitionBudget = TimeSpan.FromMinutes(1) });
        var ear = hearing.GetRequiredService<ISpeechRecognizer>();
        if (!ear.Hears(American))
            throw new InvalidOperationException($"{recognizer} is not installed: {string.Join("; ", hearing.GetRequiredService<SpeechEnginesReport>().Engines.Select(found => found.Detail))}");
        var sentences = TelephoneSentences.All.Where((_, i) => i % every == 0).ToList();
        var table = new MarkdownTable("voice", "sentences", "words", "word errors", "sentences right", "speech, s");
        var wrong = new List<string>();
        foreach (var voice in voices)
        {
            var name = voice.Split('/', ':')[0];
            var options = new SpeechOptions { ModelsFolder = Lab.ModelsFolder, Recognizers = [], Synthesizers = [name], TurnDetector = "none", SynthesisBudget = TimeSpan.FromSeconds(30) };
            if (voice.Split('/')[0].Split(':') is [_, var flite])
                options.FliteVoice = flite;
            await using var speaking = Services(options);
            var synthesizer = speaking.GetRequiredService<ISpeechSynthesizer>();
            if (!synthesizer.Speaks(American))
            {
                await output.WriteLineAsync($"{voice}: {string.Join("; ", speaking.GetRequiredService<SpeechEnginesReport>().Engines.Where(found => found.Kind == SpeechEngineKind.Synthesis).Select(found => found.Detail))}\n");
                continue;
            }
            table.Add(await MeasureAsync(voice, synthesizer, ear, sentences, wrong));
        }
        await output.WriteLineAsync(table.ToString());
        foreach (var line in errors ? wrong : [])
            await output.WriteLineAsync(line);
    }

    private static async Task<string[]> MeasureAsync(string voice, ISpeechSynthesizer synthesizer, ISpeechRecognizer ear, List<(string Written, string Spoken)> sentences, List<string> wrong)
    {
        var renderer = new PromptRenderer(synthesizer);
        var (words, errors, right, seconds) = (0, 0, 0, 0.0);
        foreach (var (written, spoken) in sentences)
        {
            var prompt = new Prompt(written, American);
            SpokenPrompt sound;
            try
            {
                sound = voice.EndsWith("/raw", StringComparison.Ordinal) ? await synthesizer.SynthesizeAsync(prompt, CancellationToken.None) : await renderer.RenderAsync(prompt, Narrow, CancellationToken.None);
            }
            catch (SpeechEngineException failed)
            {
                throw new InvalidOperationException($"{voice} could not say \"{written}\": {failed.Message}", failed);
            }
            var heard = (await ear.RecognizeAsync(Telephone(sound), Expectation.Anything, American, CancellationToken.None)).Text;
            var (said, understood) = (SpokenForm.Of(spoken, American), SpokenForm.Of(heard, American));
            var missed = WordErrors.Count(said, understood);
            words += WordErrors.Words(said).Length;
            errors += missed;
            right += missed == 0 ? 1 : 0;
            seconds += sound.Duration.TotalSeconds;
            if (missed > 0)
                wrong.Add($"{voice}: {written} <> {heard}");
        }
        return [$"{voice} ({synthesizer.Name})", $"{sentences.Count}", $"{words}", $"{(double)errors / words:P1}", $"{(double)right / sentences.Count:P0}", $"{seconds:0}"];
    }

    /// <summary>As the recogniser gets it from a mu-law line: 16 kHz, with a little silence around.</summary>
    private static float[] Telephone(SpokenPrompt prompt)
    {
        var (carried, rate) = TelephoneLine.Carry(prompt.Samples.Span, prompt.SampleRate, LineCodec.ULaw);
        float[] floats = [.. carried.Select(sample => sample / 32_768f)];
        return [.. new float[Wide / 5], .. AsteriskVoiceAi.Audio.Resampler.Convert(floats, rate, Wide), .. new float[Wide / 5]];
    }

    private static ServiceProvider Services(SpeechOptions options) =>
        new ServiceCollection().AddLogging().AddSingleton(Options.Create(options)).AddSpeechEngines().BuildServiceProvider();
}
