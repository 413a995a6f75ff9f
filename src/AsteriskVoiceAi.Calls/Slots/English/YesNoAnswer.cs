using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Yes or no; a caller who takes one back means the other.</summary>
internal static class YesNoAnswer
{
    /// <summary>Words with a meaning of their own that an answer has behind its yes or no, and around one in the middle.</summary>
    private const int MostAfter = 6;
    private const int MostAround = 3;

    public static SlotReading? Read(string text, string locale)
    {
        if (LanguageWords.For(locale) is not { } words)
            return null;
        var reader = new YesNoReader(words);
        // "No wait yes", "yes, I mean no": what comes last counts. A plain "yeah no" is a no, as the reader knows.
        var spoken = $" {string.Join(' ', Utterance.Words(text))} ";
        foreach (var marker in Markers)
        {
            var at = spoken.LastIndexOf($" {marker} ", StringComparison.Ordinal);
            if (at > 0 && Answer(reader.Read(spoken[(at + marker.Length + 1)..])) is var corrected and not YesNo.Neither)
                return new SlotReading(Word(corrected), SlotReading.Guessed);
        }
        var answer = Answer(reader.Read(text));
        // "No, oh hang on, you mean the visa, then yes": more was said than can be told, and its last word is the other one.
        if (Array.Exists(Markers, marker => spoken.Contains($" {marker} ", StringComparison.Ordinal)) && reader.Read(spoken.Trim().Split(' ')[^1]).Answer is var last and not YesNo.Neither && last != answer)
            return null;
        return answer == YesNo.Neither ? null : new SlotReading(Word(answer), SlotReading.Clear);
    }

    /// <summary>"The recycling was not collected since before the holidays" has a no in it and answers nothing.</summary>
    private static YesNo Answer(YesNoReading reading) => reading.Content > (reading.IsFirst ? MostAfter : MostAround) ? YesNo.Neither : reading.Answer;

    private static readonly string[] Markers = ["wait", "i mean", "i meant", "actually", "sorry", "hang on", "scratch that", "correction"];

    private static string Word(YesNo answer) => answer == YesNo.Yes ? "yes" : "no";
}
