using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>A voice's two files, and how it is to speak.</summary>
/// <param name="Model">Absolute path of its .onnx file; its description is beside it, with .json behind the name.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Speaker">The configured speaker.</param>
/// <param name="Version">Changes with everything that changes the sound.</param>
internal sealed record PiperVoice(string Model, PiperVoiceConfig Config, string Language, PiperScales Scales, long Speaker, string Version)
{
    private const int MostListed = 1000;

    public int SampleRate => Config.SampleRate;

    /// <summary>Flows may call it <c>piper-VOICE</c>, whatever runs it, and by the name of the engine.</summary>
    public PiperTerms Terms(string engine)
    {
        var plain = "piper-" + PiperVoices.NameOf(Model);
        var speakers = Config.Speakers == 1 ? []
            : Config.SpeakerNumbers.Count > 0 ? Config.SpeakerNumbers.Keys
            : Enumerable.Range(0, Config.Speakers).Select(number => number.ToString(CultureInfo.InvariantCulture));
        return new($"{engine}-{Version}", [.. new[] { engine, plain }.Distinct(), .. speakers.Take(MostListed).Select(speaker => $"{plain}/{speaker}")], [LanguageTag.Primary(Language)], SpeakerNumber);
    }

    /// <exception cref="SpeechEngineException">A file is missing or broken, or it has no such speaker.</exception>
    public static PiperVoice Open(string model, PiperOptions options)
    {
        var config = PiperVoiceConfig.Read(model + ".json");
        var scales = new PiperScales((float)(options.Noise ?? config.Scales.Noise), (float)(options.Length ?? config.Scales.Length), (float)(options.NoiseWidth ?? config.Scales.NoiseWidth));
        var speaker = options.Speaker is { Length: > 0 } wanted
            ? Number(config, wanted) ?? throw new SpeechEngineException($"{Path.GetFileName(model)} has no speaker '{wanted}'; it has {Known(config)}: correct speech.piper.speaker")
            : 0;
        var language = config.Language.Length > 0 ? config.Language : PiperVoices.LanguageOf(model);
        return new(model, config, language, scales, speaker, Hash(model, scales, speaker));
    }

    /// <param name="name">A name, or a number; null = the configured one.</param>
    private long SpeakerNumber(string? name) => name is null ? Speaker : Number(Config, name) ?? Speaker;

    private static long? Number(PiperVoiceConfig config, string speaker) =>
        config.SpeakerNumbers.TryGetValue(speaker, out var number) ? number
        : long.TryParse(speaker, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < config.Speakers ? number
        : null;

    private static string Known(PiperVoiceConfig config) =>
        config.SpeakerNumbers.Count > 0 ? string.Join(", ", config.SpeakerNumbers.Keys.Take(20)) : $"the numbers 0 to {config.Speakers - 1}";

    private static string Hash(string model, PiperScales scales, long speaker)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var path in new[] { model, model + ".json" })
            {
                using var file = File.OpenRead(path);
                hash.AppendData(SHA256.HashData(file));
            }
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{scales.Noise} {scales.Length} {scales.NoiseWidth} {speaker}")));
            return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpeechEngineException($"{model} can't be read: {e.Message}", e);
        }
    }
}
