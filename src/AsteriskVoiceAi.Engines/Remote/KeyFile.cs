using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Remote;

/// <summary>A secret in a file of its own, so that it is in no configuration, environment or log.</summary>
internal static class KeyFile
{
    /// <param name="setting">The setting that names the file.</param>
    /// <returns>Its first line; null when there is no file set.</returns>
    /// <exception cref="SpeechEngineException">It can't be read, or the line is empty.</exception>
    public static string? Read(string? file, string setting)
    {
        if (file is not { Length: > 0 })
            return null;
        try
        {
            var key = File.ReadLines(file).FirstOrDefault()?.Trim();
            return string.IsNullOrEmpty(key) ? throw new SpeechEngineException($"the first line of {setting} {file} is empty") : key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpeechEngineException($"{setting} {file} can't be read: {e.Message}", e);
        }
    }
}
