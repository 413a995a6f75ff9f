using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>Asterisk's own prompts: a human voice whose words are known, at 8 kHz.</summary>
public static class HumanPrompts
{
    private static readonly Lazy<string?> Folder = new(FindFolder);

    public static bool Installed => Folder.Value is not null;

    /// <summary>Names without extension, such as "vm-goodbye" or "digits/1".</summary>
    public static IEnumerable<string> Names => Folder.Value is { } folder
        ? Directory.EnumerateFiles(folder, "*.wav", SearchOption.AllDirectories).Select(file => Path.ChangeExtension(Path.GetRelativePath(folder, file), null))
        : [];

    /// <summary>What the prompts say, by name. The list has lines of the form <c>name: text</c>; texts in brackets are sounds.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = ReadTexts();

    public static string PathOf(string name) => Path.Combine(Installation, name + ".wav");

    public static async Task<short[]> ReadAsync(string name) => (await WavFile.ReadAsync(PathOf(name))).At8000().Samples;

    /// <summary>Without the silence that a recording begins and ends with, to 10 ms.</summary>
    public static async Task<short[]> ReadTrimmedAsync(string name)
    {
        const int frame = 80;
        var samples = await ReadAsync(name);
        bool Sounds(int at) => Loudness.Dbfs(samples.AsSpan(at, Math.Min(frame, samples.Length - at))) > -45;
        var (first, last) = (0, samples.Length - frame);
        while (first < last && !Sounds(first))
            first += frame;
        while (last > first && !Sounds(last))
            last -= frame;
        return samples[first..Math.Min(samples.Length, last + frame)];
    }

    private static string Installation => Folder.Value ?? throw new InvalidOperationException("No Asterisk prompts are installed: run scripts/install-asterisk.sh.");

    private static Dictionary<string, string> ReadTexts()
    {
        var list = Folder.Value is { } folder ? Path.Combine(folder, "core-sounds-en.txt") : "";
        if (!File.Exists(list))
            return [];
        return File.ReadLines(list)
            .Select(line => line.Split(": ", 2))
            .Where(parts => parts.Length == 2 && !parts[0].StartsWith(';') && !parts[1].StartsWith('[') && File.Exists(Path.Combine(Folder.Value!, parts[0] + ".wav")))
            .DistinctBy(parts => parts[0])
            .ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.Ordinal);
    }

    private static string? FindFolder()
    {
        var given = Environment.GetEnvironmentVariable("VOICEAI_ASTERISK") ?? "";
        string[] roots = [given.StartsWith('/') ? given : "", Path.Combine(Repository.State, "asterisk-root"), "/"];
        return roots.Where(root => root.Length > 0)
            .SelectMany(root => new[] { "usr/share/asterisk/sounds", "var/lib/asterisk/sounds" }.Select(sounds => Path.Combine(root, sounds)))
            .Where(Directory.Exists)
            .SelectMany(sounds => Directory.EnumerateDirectories(sounds, "en*").Order(StringComparer.Ordinal))
            // Links between en, en_US and en_US_f_Allison lead to the one that holds the files.
            .FirstOrDefault(language => File.Exists(Path.Combine(language, "vm-goodbye.wav")));
    }
}
