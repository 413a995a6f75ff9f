using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>What a caller may always say, whatever the flow is about.</summary>
internal enum GlobalWord
{
    None,
    Repeat,
    Operator,
    Goodbye,
    StartOver,
}

/// <summary>Finds a global word. Only a whole utterance counts: "repeat" may be a caller's own word in a longer one.</summary>
internal static class GlobalWords
{
    /// <summary>Phrases by language, each in the form of <see cref="Utterance.Words"/>.</summary>
    private static readonly Dictionary<string, Dictionary<string, GlobalWord>> ByLanguage = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = Table(
            (GlobalWord.Repeat, "repeat|repeat that|say that again|say it again|again|come again|pardon|pardon me|what|what did you say|what was that|one more time|excuse me|huh|i didnt hear you|i didnt hear that|i didnt catch that|can you repeat that|could you repeat that|can you say that again|could you say that again|what are my options|options|help"),
            (GlobalWord.Operator, "operator|agent|human|person|representative|a person|a human|real person|a real person|an agent|an operator|someone|talk to a person|talk to someone|speak to someone|speak to a person|talk to a human|speak to a human|speak to an agent|talk to an agent|speak to an operator|customer service|receptionist"),
            (GlobalWord.Goodbye, "goodbye|good bye|bye|bye bye|hang up|thats all|that is all|thats it|nothing else|no thats all|no thats it|thank you goodbye|thanks bye|thank you bye|okay bye|nothing"),
            (GlobalWord.StartOver, "start over|start again|main menu|go back to the start|from the beginning|begin again|restart|menu|go back")),
        ["de"] = Table(
            (GlobalWord.Repeat, "wiederholen|nochmal|noch mal|noch einmal|wie bitte|was|können sie das wiederholen"),
            (GlobalWord.Operator, "mitarbeiter|mensch|einen menschen|einen mitarbeiter|mit einem menschen sprechen|zentrale|kundenservice"),
            (GlobalWord.Goodbye, "tschüss|tschüß|auf wiederhören|auf wiedersehen|das wars|das war es|auflegen"),
            (GlobalWord.StartOver, "von vorne|von vorn|neu anfangen|hauptmenü|menü|zurück")),
        ["fr"] = Table(
            (GlobalWord.Repeat, "répéter|répétez|pardon|comment|encore|encore une fois|vous pouvez répéter"),
            (GlobalWord.Operator, "opérateur|un opérateur|conseiller|un conseiller|une personne|quelquun|parler à quelquun|standard"),
            (GlobalWord.Goodbye, "au revoir|cest tout|raccrocher|rien dautre"),
            (GlobalWord.StartOver, "recommencer|menu principal|menu|retour")),
        ["es"] = Table(
            (GlobalWord.Repeat, "repetir|repita|repítalo|perdón|cómo|otra vez|una vez más|puede repetir"),
            (GlobalWord.Operator, "operador|operadora|agente|un agente|una persona|hablar con una persona|hablar con alguien"),
            (GlobalWord.Goodbye, "adiós|hasta luego|eso es todo|nada más|colgar"),
            (GlobalWord.StartOver, "empezar de nuevo|volver a empezar|menú principal|menú|volver")),
    };

    private static readonly HashSet<string> Polite = new(["please", "sorry", "uh", "um", "er", "bitte", "äh", "euh", "eh", "favor", "por"], StringComparer.Ordinal);

    public static GlobalWord Find(string text, string language)
    {
        var primary = LanguageTag.Primary(language);
        if (!ByLanguage.TryGetValue(primary, out var phrases))
            return GlobalWord.None;
        var words = Utterance.Words(text, primary.Equals("en", StringComparison.OrdinalIgnoreCase));
        if (phrases.TryGetValue(string.Join(' ', words), out var found))
            return found;
        return phrases.GetValueOrDefault(string.Join(' ', words.Where(word => !Polite.Contains(word))));
    }

    private static Dictionary<string, GlobalWord> Table(params (GlobalWord Word, string Phrases)[] rows) =>
        rows.SelectMany(row => row.Phrases.Split('|').Select(phrase => (phrase, row.Word))).ToDictionary(pair => pair.phrase, pair => pair.Word, StringComparer.Ordinal);
}
