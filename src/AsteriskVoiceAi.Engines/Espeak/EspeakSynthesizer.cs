using System.Globalization;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Espeak;

/// <summary>Speech in about a hundred languages by espeak-ng, a process per prompt: quick and clear, but plainly a machine.</summary>
internal sealed class EspeakSynthesizer(ChildProgram program, string version, EspeakVoices voices) : ISpeechSynthesizer
{
    /// <summary>espeak-ng's own pace is 175; 160 is understood better over a telephone.</summary>
    private const int WordsAMinute = 160;

    public string Name { get; } = $"espeak-ng-{version}";

    public IReadOnlyList<string> Voices { get; } = ["espeak-ng"];

    public bool Speaks(string language) => voices.Find(language) is not null;

    public async ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text = SpeakableText.Clean(prompt.Text);
        if (!SpeakableText.HasWords(text))
            return new(ReadOnlyMemory<short>.Empty, 16_000);
        var voice = voices.Find(prompt.Language) ?? throw new SpeechEngineException($"{Name} has no voice for language '{prompt.Language}'");
        var pace = (int)(WordsAMinute * Math.Clamp(prompt.Speed, 0.5, 2));
        string[] arguments = ["-v", voice, "-s", pace.ToString(CultureInfo.InvariantCulture), "-b", "1", "--stdin", "--stdout"];
        var output = await program.RunAsync(arguments, text + "\n", cancellationToken);
        // Its streamed header claims 2 GB of sound; the reader stops where the bytes end.
        if (!WavFile.TryRead(output, out var samples, out var rate))
            throw new SpeechEngineException($"{Name} wrote {output.Length} bytes that are not a WAVE file");
        var polished = PromptPolish.Polish(samples, rate);
        return polished.Length > 0 ? new(polished, rate) : throw new SpeechEngineException($"{Name} made no sound of a text with words");
    }
}
