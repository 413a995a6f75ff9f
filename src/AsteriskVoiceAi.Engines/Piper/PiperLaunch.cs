using System.Globalization;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>How a Piper process of one voice is started: no flag that its kind does not know, since Python's would say that flag aloud.</summary>
/// <param name="Engine">Name of the synthesizer, for messages.</param>
/// <param name="Program">Absolute path.</param>
internal sealed record PiperLaunch(string Engine, string Program, PiperKind Kind, PiperVoice Voice)
{
    /// <summary>Python and its model take a second on an idle machine.</summary>
    public TimeSpan LongestStart { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Beside half of the time that the sentence lasts; usually it takes a twentieth of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Python otherwise takes the machine's language for that of its input.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string> { ["PYTHONUTF8"] = "1", ["PYTHONUNBUFFERED"] = "1" };

    public IReadOnlyList<string> JsonArguments =>
    [
        "-q", "-m", Voice.Model, "--json-input", "-f", "-", "--sentence_silence", "0",
        "--length_scale", Number(Voice.Scales.Length), "--noise_scale", Number(Voice.Scales.Noise), "--noise_w", Number(Voice.Scales.NoiseWidth),
    ];

    /// <summary>Names that its old versions know too.</summary>
    public IReadOnlyList<string> FileArguments(string folder) =>
    [
        "-m", Voice.Model, "--output-dir", folder,
        "--length-scale", Number(Voice.Scales.Length), "--noise-scale", Number(Voice.Scales.Noise), "--noise-w", Number(Voice.Scales.NoiseWidth),
        .. Voice.Config.Speakers > 1 ? ["--speaker", Voice.Speaker.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
    ];

    /// <summary>For a sentence, by its length: 14 characters take a second to say.</summary>
    public TimeSpan LongestWork(string text) => Patience + TimeSpan.FromSeconds(0.5 * text.Length / 14 * Voice.Scales.Length);

    private static string Number(float scale) => scale.ToString("0.####", CultureInfo.InvariantCulture);
}
