using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>What listeners say to show that they listen: no answer, and no reason to stop talking.</summary>
internal static class Backchannels
{
    /// <summary>Whole utterances by language, in the form of <see cref="Utterance.Words"/>.</summary>
    private static readonly Dictionary<string, HashSet<string>> ByLanguage = new(StringComparer.Ordinal)
    {
        ["en"] = Phrases("mm|mmm|hm|hmm|mhm|mm hm|mm hmm|mmhmm|uh huh|uhhuh|huh|ah|aha|oh|ok|okay|okay okay|right|all right|alright|yeah|yeah yeah|yep|yup|ya|sure|i see|got it|gotcha|fine|good|great|cool|uh|um|er|oh okay|oh ok|oh i see|okay yeah|yeah okay|ah okay|ah yes|yes"),
        ["de"] = Phrases("hm|hmm|mhm|mm|aha|ah|ach so|okay|ok|ja|ja ja|gut|genau|richtig|verstehe|alles klar"),
        ["fr"] = Phrases("hm|hmm|mhm|mm|ah|ah oui|ok|okay|oui|oui oui|daccord|bien|très bien|je vois|voilà"),
        ["es"] = Phrases("hm|hmm|mhm|mm|ah|ajá|aja|ok|okay|sí|si|sí sí|vale|bien|claro|ya|ya veo|de acuerdo"),
    };

    /// <summary>Whether that is all that was said.</summary>
    public static bool Is(string text, string language) =>
        ByLanguage.TryGetValue(LanguageTag.Primary(language), out var phrases) && phrases.Contains(string.Join(' ', Utterance.Words(text, spellNumbers: false)));

    private static HashSet<string> Phrases(string phrases) => new(phrases.Split('|'), StringComparer.Ordinal);
}
