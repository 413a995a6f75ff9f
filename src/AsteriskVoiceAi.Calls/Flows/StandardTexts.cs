namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>What is said where a flow leaves it out, in the languages that we have.</summary>
/// <param name="DidYouWant">Question about an intent; {0} is its title.</param>
internal sealed record StandardTexts(string Language, string NoInput, string NoMatch, string DidYouWant, string GoAhead, string Goodbye)
{
    private static readonly StandardTexts[] All =
    [
        new("en", "Sorry, I didn't hear you. How can I help?", "Sorry, I didn't get that. Could you say it another way?", "Did you want {0}?", "Sure, what is it?", "Goodbye."),
        new("de", "Entschuldigung, ich habe Sie nicht gehört. Wie kann ich helfen?", "Entschuldigung, das habe ich nicht verstanden. Können Sie es anders sagen?", "Geht es um {0}?", "Gerne, worum geht es?", "Auf Wiederhören."),
        new("fr", "Désolé, je ne vous ai pas entendu. Comment puis-je vous aider ?", "Désolé, je n'ai pas compris. Pouvez-vous le dire autrement ?", "Il s'agit de {0} ?", "Je vous écoute.", "Au revoir."),
        new("es", "Perdone, no le he oído. ¿En qué puedo ayudarle?", "Perdone, no le he entendido. ¿Puede decirlo de otra manera?", "¿Se trata de {0}?", "Dígame.", "Adiós."),
    ];

    /// <summary>Texts for a BCP 47 tag; null where we have none.</summary>
    public static StandardTexts? For(string language) =>
        All.FirstOrDefault(texts => texts.Language == LanguageTag.Primary(language));
}
