using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>What a reply says, without what the model made up.</summary>
/// <param name="Confidence">Mean probability of the words' tokens; 0 without words.</param>
internal readonly partial record struct WhisperText(string Text, double Confidence)
{
    /// <summary>Measured with tiny.en: speech up to 0.44, silence, noises and tones from 0.84 on.</summary>
    private const double SurelyNoSpeech = 0.6;

    /// <summary>Doubtful phrases need more than this to be believed: "you" out of silence has 0.2.</summary>
    private const double Believable = 0.6;

    /// <summary>For servers that give no probabilities: neither sure nor a guess.</summary>
    private const double UnknownConfidence = 0.5;

    public static WhisperText Read(WhisperReply reply, string language)
    {
        if (reply.Segments is not { Count: > 0 } segments)
            return Whole(reply.Text ?? "", language);
        var texts = new List<string>();
        var probabilities = new List<double>();
        foreach (var segment in segments)
        {
            var text = Clean(segment.Text ?? "");
            if (text.Length == 0 || segment.NoSpeech >= SurelyNoSpeech || Hallucinations.Known.IsNeverSaid(text, language))
                continue;
            texts.Add(text);
            probabilities.AddRange(Probabilities(segment));
        }
        var whole = RepeatedPhrases.Collapse(string.Join(' ', texts));
        var confidence = whole.Length == 0 ? 0 : probabilities.Count == 0 ? UnknownConfidence : Math.Clamp(probabilities.Average(), 0, 1);
        return confidence < Believable && Hallucinations.Known.IsDoubtful(whole, language) ? new("", 0) : new(whole, confidence);
    }

    /// <summary>Two readings one after the other.</summary>
    public static WhisperText Join(IReadOnlyList<WhisperText> parts)
    {
        var spoken = parts.Where(part => !string.IsNullOrEmpty(part.Text)).ToList();
        return spoken.Count == 0 ? new("", 0) : new(string.Join(' ', spoken.Select(part => part.Text)), spoken.Average(part => part.Confidence));
    }

    private static WhisperText Whole(string text, string language)
    {
        var clean = RepeatedPhrases.Collapse(Clean(text));
        return clean.Length == 0 || Hallucinations.Known.IsNeverSaid(clean, language) ? new("", 0) : new(clean, UnknownConfidence);
    }

    private static List<double> Probabilities(WhisperReply.Segment segment)
    {
        var words = segment.Words?.Where(word => word.Probability is not null && word.Word?.Any(char.IsLetterOrDigit) == true).Select(word => word.Probability!.Value).ToList();
        return words is { Count: > 0 } ? words : segment.AverageLogProbability is { } average ? [Math.Exp(average)] : [];
    }

    /// <summary>One line of words: sounds that it names ("[BLANK_AUDIO]", "(wind blowing)", "* Musik *") are none. A number in brackets is one.</summary>
    private static string Clean(string text)
    {
        var clean = Whitespace().Replace(NamedSounds().Replace(text, " "), " ").Trim();
        return clean.Any(char.IsLetterOrDigit) ? clean : "";
    }

    [GeneratedRegex(@"\[[^\]]*\]?|\((?![\d\s-]*\))[^)]*\)?|\*[^*]*\*?|♪[^♪]*♪?", RegexOptions.CultureInvariant)]
    private static partial Regex NamedSounds();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Whitespace();
}
