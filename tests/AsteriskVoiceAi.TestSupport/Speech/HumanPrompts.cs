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

    /// <summary>Prompts of at least three words, with what is said in them, in the order of their own list.</summary>
    public static async Task<IReadOnlyList<(string Name, string Text)>> ReadTextsAsync()
    {
        var folder = Folder.Value ?? throw NotInstalled();
        // "name: text"; what stands in brackets is a sound or a note, not a word.
        return [.. (await File.ReadAllLinesAsync(Path.Combine(folder, "core-sounds-en.txt")))
            .Where(line => !line.StartsWith(';') && line.Contains(": ", StringComparison.Ordinal))
            .Select(line => line.Split(": ", 2))
            .Where(parts => parts[1].Split(' ').Length >= 3 && parts[1].IndexOfAny(['[', '(']) < 0 && File.Exists(Path.Combine(folder, parts[0] + ".wav")))
            .Select(parts => (parts[0], parts[1]))];
    }

    public static async Task<short[]> ReadAsync(string name)
    {
        var folder = Folder.Value ?? throw NotInstalled();
        return (await WavFile.ReadAsync(Path.Combine(folder, name + ".wav"))).At8000().Samples;
    }

    private static InvalidOperationException NotInstalled() => new("No Asterisk prompts are installed: run scripts/install-asterisk.sh.");

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
