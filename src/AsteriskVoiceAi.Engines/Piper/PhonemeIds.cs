using System.Text;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Phonemes as the numbers that one voice was trained with.</summary>
/// <param name="map">By code point; has the three marks below.</param>
internal sealed partial class PhonemeIds(IReadOnlyDictionary<int, long[]> map)
{
    public const char Start = '^';
    public const char Pad = '_';
    public const char End = '$';

    /// <summary>Start, pad, then each phoneme with a pad behind it, end. One that the voice does not know is left out.</summary>
    public long[] Of(string phonemes)
    {
        // Voices know one phoneme a code point: a letter and its accent are two. Marks like (en) tell that espeak-ng borrowed another language's rules.
        var plain = LanguageMark().Replace(phonemes, "").Normalize(NormalizationForm.FormD);
        List<long> ids = [.. map[Start], .. map[Pad]];
        foreach (var phoneme in plain.EnumerateRunes())
        {
            if (!map.TryGetValue(phoneme.Value, out var known))
                continue;
            ids.AddRange(known);
            ids.AddRange(map[Pad]);
        }
        ids.AddRange(map[End]);
        return [.. ids];
    }

    [GeneratedRegex(@"\([a-z]{2,3}(-[a-z0-9-]+)?\)", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageMark();
}
