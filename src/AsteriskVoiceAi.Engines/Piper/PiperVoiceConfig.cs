using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>What the JSON file beside a voice's model says of it.</summary>
/// <param name="SampleRate">Hz.</param>
/// <param name="EspeakVoice">Whose phonemes it was trained with; null = with letters.</param>
/// <param name="Language">BCP 47 tag; empty when the file does not say.</param>
/// <param name="Speakers">How many it has; the model asks which only when there are several.</param>
/// <param name="SpeakerNumbers">Of those that have names.</param>
internal sealed partial record PiperVoiceConfig(
    int SampleRate, string? EspeakVoice, string Language, int Speakers, IReadOnlyDictionary<string, long> SpeakerNumbers, PiperScales Scales, PhonemeIds PhonemeIds)
{
    private const int LongestFile = 4 * 1024 * 1024;
    private const int MostSpeakers = 100_000;

    /// <exception cref="SpeechEngineException">The file is missing, cut short, or of a kind that is not spoken here.</exception>
    public static PiperVoiceConfig Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new SpeechEngineException($"{path} is not there; it belongs to the model beside it");
            if (file.Length > LongestFile)
                throw Broken(path, $"it has {file.Length} bytes");
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(json.RootElement, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpeechEngineException($"{path} can't be read: {e.Message}", e);
        }
        // Of a wrong kind: text in the place of a number, a list in that of an object.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Broken(path, e.Message);
        }
    }

    private static PiperVoiceConfig Read(JsonElement root, string path)
    {
        var rate = Part(root, "audio") is { } audio ? Number(audio, "sample_rate", 0) : 0;
        if (rate is < 8_000 or > 48_000)
            throw Broken(path, "audio.sample_rate is not from 8000 to 48000");
        var speakers = Number(root, "num_speakers", 1);
        if (speakers is < 1 or > MostSpeakers)
            throw Broken(path, $"num_speakers is not from 1 to {MostSpeakers}");
        var numbers = Part(root, "speaker_id_map")?.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt64()) ?? [];
        if (numbers.Values.Any(number => number < 0 || number >= speakers))
            throw Broken(path, "speaker_id_map has a number that is not below num_speakers");
        var scales = Part(root, "inference") is { } inference
            ? new PiperScales(Scale(inference, "noise_scale", 0.667f), Scale(inference, "length_scale", 1), Scale(inference, "noise_w", 0.8f))
            : new PiperScales(0.667f, 1, 0.8f);
        var kind = root.TryGetProperty("phoneme_type", out var type) ? type.GetString() : "espeak";
        var espeak = Part(root, "espeak") is { } part && part.TryGetProperty("voice", out var voice) ? voice.GetString() : null;
        if (kind == "espeak" && (espeak is null || !EspeakVoiceName().IsMatch(espeak)))
            throw Broken(path, "espeak.voice names no voice of espeak-ng");
        if (kind is not ("espeak" or "text"))
            throw new SpeechEngineException($"{path}: this service has no phonemes of the kind '{Excerpt(kind)}', only espeak and text; choose another voice");
        var language = Part(root, "language") is { } tag && tag.TryGetProperty("code", out var code) ? code.GetString()?.Replace('_', '-') : null;
        return new(rate, kind == "espeak" ? espeak : null, language is not null && LanguageCode().IsMatch(language) ? language : "", speakers, numbers, scales, new(Map(root, path)));
    }

    private static Dictionary<int, long[]> Map(JsonElement root, string path)
    {
        // Keys of several code points belong to phonemizers that this service does not have.
        var map = (Part(root, "phoneme_id_map") ?? throw Broken(path, "it has no phoneme_id_map")).EnumerateObject()
            .Where(entry => Rune.DecodeFromUtf16(entry.Name, out _, out var length) == System.Buffers.OperationStatus.Done && length == entry.Name.Length)
            .ToDictionary(entry => Rune.GetRuneAt(entry.Name, 0).Value, entry => entry.Value.EnumerateArray().Select(id => id.GetInt64()).ToArray());
        var symbols = Number(root, "num_symbols", 256);
        if (map.Values.Any(ids => ids.Length is 0 or > 8 || ids.Any(id => id < 0 || id >= symbols)))
            throw Broken(path, "phoneme_id_map has a number that is not below num_symbols");
        return map.ContainsKey(PhonemeIds.Start) && map.ContainsKey(PhonemeIds.Pad) && map.ContainsKey(PhonemeIds.End)
            ? map
            : throw Broken(path, "phoneme_id_map lacks ^, _ or $");
    }

    private static JsonElement? Part(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static int Number(JsonElement parent, string name, int otherwise) => parent.TryGetProperty(name, out var number) ? number.GetInt32() : otherwise;

    private static float Scale(JsonElement parent, string name, float otherwise) =>
        parent.TryGetProperty(name, out var scale) && scale.GetSingle() is >= 0 and <= 10 and var given ? given : otherwise;

    private static SpeechEngineException Broken(string path, string why) =>
        new($"{path} is not the description of a Piper voice, or is cut short ({Excerpt(why)}); fetch the voice again with scripts/get-voice.sh");

    private static string Excerpt(string? text) => new([.. (text ?? "").Take(100).Select(c => char.IsControl(c) ? ' ' : c)]);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_/+-]{0,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex EspeakVoiceName();

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageCode();
}
