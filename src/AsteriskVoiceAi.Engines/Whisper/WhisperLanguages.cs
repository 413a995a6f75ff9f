using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Languages that Whisper's multilingual models know, by the codes that they take.</summary>
/// <remarks>From the model's own vocabulary: one language token each (whisper.cpp, <c>g_lang</c>).</remarks>
internal static class WhisperLanguages
{
    private static readonly HashSet<string> Known = new(
        ("en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is " +
        "hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Codes that tags use today where Whisper has an older one.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal) { ["nb"] = "no", ["iw"] = "he", ["fil"] = "tl", ["jv"] = "jw" };

    /// <returns>The code for a BCP 47 tag, or null when Whisper does not know the language.</returns>
    public static string? Code(string language)
    {
        var primary = LanguageTag.Primary(language);
        var code = Renamed.GetValueOrDefault(primary, primary);
        return Known.Contains(code) ? code : null;
    }
}
