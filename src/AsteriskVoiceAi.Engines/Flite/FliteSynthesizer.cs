using System.Globalization;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Flite;

/// <summary>English speech by CMU Flite, a process per prompt: 40 to 60 ms for a sentence.</summary>
/// <remarks>
/// Flite writes its sound to a file in a private folder, not to a pipe: from the second sentence on it reopens the output to correct the
/// header, and on a pipe it then waits for ever.
/// </remarks>
internal sealed class FliteSynthesizer(ChildProgram program, string version, string voice) : ISpeechSynthesizer, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-flite-");

    public string Name { get; } = $"flite-{voice}-{version}";

    public IReadOnlyList<string> Voices { get; } = [$"flite-{voice}"];

    public bool Speaks(string language) =>
        language.Equals("en", StringComparison.OrdinalIgnoreCase) || language.StartsWith("en-", StringComparison.OrdinalIgnoreCase);

    public async ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text = SpeakableText.ToAscii(SpeakableText.Clean(prompt.Text));
        if (!SpeakableText.HasWords(text))
            return SpeakableText.HasWords(prompt.Text)
                ? throw new SpeechEngineException($"{Name} has no letters for this text; use another synthesizer for its language")
                : new(ReadOnlyMemory<short>.Empty, 16_000);
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N") + ".wav");
        try
        {
            await program.RunAsync(Arguments(prompt.Speed, file), text + "\n", cancellationToken);
            return Read(await File.ReadAllBytesAsync(file, cancellationToken));
        }
        catch (IOException e)
        {
            throw new SpeechEngineException($"{Name} left no sound in {file}: {e.Message}", e);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A run that is being ended still writes there; the system clears temporary folders.
        }
    }

    private string[] Arguments(double speed, string file) =>
    [
        "-voice", voice,
        "--setf", "duration_stretch=" + (1 / Math.Clamp(speed, 0.5, 2)).ToString("0.###", CultureInfo.InvariantCulture),
        "-f", "/dev/stdin",
        "-o", file,
    ];

    private SpokenPrompt Read(byte[] file)
    {
        if (!WavFile.TryRead(file, out var samples, out var rate))
            throw new SpeechEngineException($"{Name} wrote {file.Length} bytes that are not a WAVE file");
        var polished = PromptPolish.Polish(samples, rate);
        return polished.Length > 0 ? new(polished, rate) : throw new SpeechEngineException($"{Name} made no sound of a text with words");
    }
}
