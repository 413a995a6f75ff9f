using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Piper voices that are installed: <c>piper/VOICE.onnx</c> in the models folder, named as on their hub.</summary>
internal static partial class PiperVoices
{
    private const string Extension = ".onnx";

    /// <summary>In the names of files whose weights are rounded to 8 bits: a quarter of the size, the same voice and speed.</summary>
    private const string Rounded = ".int8w";

    /// <summary>Voices that are there: <c>en_US-joe-medium</c>.</summary>
    public static IReadOnlyList<string> Names(string modelsFolder) => [.. Files(modelsFolder).Select(NameOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The file of a voice; of two the smaller.</summary>
    public static string? Find(string modelsFolder, string voice) => Files(modelsFolder).Where(file => NameOf(file) == voice).MinBy(file => new FileInfo(file).Length);

    /// <summary>By its name, when its description does not say: <c>en-US</c> of <c>en_US-joe-medium.onnx</c>.</summary>
    public static string LanguageOf(string file) => LanguageInName().Match(Path.GetFileName(file)).Groups[1].Value.Replace('_', '-');

    public static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return name.EndsWith(Rounded, StringComparison.Ordinal) ? name[..^Rounded.Length] : name;
    }

    private static string[] Files(string modelsFolder)
    {
        var folder = Path.Combine(Path.GetFullPath(modelsFolder), "piper");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [];
    }

    [GeneratedRegex("^([a-z]{2,3}(_[A-Z]{2})?)-", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageInName();
}
