using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Yes or no; a caller who takes one back means the other.</summary>
internal static class YesNoAnswer
{
    public static SlotReading? Read(string text, string locale)
    {
        if (LanguageWords.For(locale) is not { } words)
            return null;
        var reader = new YesNoReader(words);
        // "No wait yes", "yes, I mean no": what comes last counts. A plain "yeah no" is a no, as the reader knows.
        foreach (var marker in Markers)
        {
            var at = $" {string.Join(' ', Utterance.Words(text))} ".LastIndexOf($" {marker} ", StringComparison.Ordinal);
            if (at > 0 && reader.Read($" {string.Join(' ', Utterance.Words(text))} "[(at + marker.Length + 1)..]).Answer is var corrected and not YesNo.Neither)
                return new SlotReading(Word(corrected), SlotReading.Guessed);
        }
        var answer = reader.Read(text).Answer;
        return answer == YesNo.Neither ? null : new SlotReading(Word(answer), SlotReading.Clear);
    }

    private static readonly string[] Markers = ["wait", "i mean", "i meant", "actually", "sorry", "hang on", "scratch that", "correction"];

    private static string Word(YesNo answer) => answer == YesNo.Yes ? "yes" : "no";
}
