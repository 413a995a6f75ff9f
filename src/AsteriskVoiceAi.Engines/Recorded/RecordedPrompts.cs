using System.Text;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Engines.Recorded;

/// <summary>
/// Sentences that somebody has recorded. A folder has one folder a language, and in each the recordings with a list, <c>prompts.txt</c>, of lines
/// <c>FILE: words</c>, as Asterisk's own sound packages have it. Words are compared without case, marks and spaces.
/// </summary>
internal sealed class RecordedPrompts : ISpeechSynthesizer
{
    public const string Engine = "recorded";
    public const string ListName = "prompts.txt";

    private const int LongestList = 4 * 1024 * 1024;

    /// <summary>Two minutes of stereo at 48 kHz.</summary>
    private const int LongestFile = 32 * 1024 * 1024;

    private readonly Dictionary<(string Language, string Words), string> _files = [];

    /// <exception cref="SpeechEngineException">The folder has no list, or a list names a recording that is not there.</exception>
    public RecordedPrompts(string folder)
    {
        try
        {
            foreach (var list in Directory.Exists(folder) ? Directory.GetDirectories(folder).Select(language => Path.Combine(language, ListName)).Where(File.Exists) : [])
                Read(list);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpeechEngineException($"the recordings in {folder} can't be read: {e.Message}", e);
        }
        if (_files.Count == 0)
            throw new SpeechEngineException($"there are no recordings in {Path.GetFullPath(folder)}; put LANGUAGE/{ListName} there, with lines FILE.wav: words");
        Languages = [.. _files.Keys.Select(key => key.Language).Distinct().Order()];
    }

    public string Name => Engine;

    public IReadOnlyList<string> Voices { get; } = [Engine];

    /// <summary>Of its recordings, in lower case.</summary>
    public IReadOnlyList<string> Languages { get; }

    public int Count => _files.Count;

    public bool Speaks(string language) => Languages.Any(known => known.Equals(language, StringComparison.OrdinalIgnoreCase) || known == LanguageTag.Primary(language));

    public bool CanSay(Prompt prompt) => Find(prompt) is not null;

    public async ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        var file = Find(prompt) ?? throw new SpeechEngineException("there is no recording of these words");
        try
        {
            if (new FileInfo(file).Length > LongestFile)
                throw new SpeechEngineException($"{file} is longer than a prompt can be");
            return WavFile.TryRead(await File.ReadAllBytesAsync(file, cancellationToken), out var samples, out var rate) && PromptPolish.Polish(samples, rate) is { Length: > 0 } polished
                ? new(polished, rate)
                : throw new SpeechEngineException($"{file} is no WAVE file with sound in it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpeechEngineException($"{file} can't be read: {e.Message}", e);
        }
    }

    /// <summary>The recording in that very language, else in it without its region.</summary>
    private string? Find(Prompt prompt)
    {
        var words = Plain(prompt.Text);
        return _files.GetValueOrDefault((prompt.Language.ToLowerInvariant(), words)) ?? _files.GetValueOrDefault((LanguageTag.Primary(prompt.Language), words));
    }

    // FILE: words, one a line; what begins with # or ; is for people. FILE may lack its .wav.
    private void Read(string list)
    {
        if (new FileInfo(list).Length > LongestList)
            throw new SpeechEngineException($"{list} is longer than {LongestList / 1024 / 1024} MiB");
        var folder = Path.GetDirectoryName(list)!;
        var language = Path.GetFileName(folder).Replace('_', '-').ToLowerInvariant();
        var number = 0;
        foreach (var line in File.ReadLines(list))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart()[0] is '#' or ';')
                continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || Plain(line[(colon + 1)..]).Length == 0)
                throw new SpeechEngineException($"{list}, line {number} is not FILE: words");
            var name = line[..colon].Trim();
            var file = Path.Combine(folder, name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) ? name : name + ".wav");
            if (!File.Exists(file))
                throw new SpeechEngineException($"{list}, line {number}: there is no {file}");
            _files.TryAdd((language, Plain(line[(colon + 1)..])), file);
        }
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes().Where(Rune.IsLetterOrDigit))
            plain.Append(Rune.ToLowerInvariant(rune).ToString());
        return plain.ToString();
    }
}
