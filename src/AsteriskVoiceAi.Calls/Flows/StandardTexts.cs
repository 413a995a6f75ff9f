using System.Globalization;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Markup;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>What is said where a flow leaves it out, in the languages that we have.</summary>
/// <param name="DidYouWant">Question about an intent; {0} is its title.</param>
/// <param name="CannotHear">Said when nothing recognises the caller and the call leaves us.</param>
/// <param name="LostYou">Said when the call goes on after the service was gone for a moment.</param>
internal sealed record StandardTexts(string Language, string NoInput, string NoMatch, string DidYouWant, string GoAhead, string Goodbye, string CannotHear, string LostYou)
{
    private static readonly StandardTexts[] All =
    [
        new("en", "Sorry, I didn't hear you. How can I help?", "Sorry, I didn't get that. Could you say it another way?", "Did you want {0}?", "Sure, what is it?", "Goodbye.", "I'm sorry, I can't hear you properly right now. One moment please.", "I'm sorry, I lost you for a moment."),
        new("de", "Entschuldigung, ich habe Sie nicht gehört. Wie kann ich helfen?", "Entschuldigung, das habe ich nicht verstanden. Können Sie es anders sagen?", "Geht es um {0}?", "Gerne, worum geht es?", "Auf Wiederhören.", "Entschuldigung, ich kann Sie gerade nicht gut verstehen. Einen Moment bitte.", "Entschuldigung, die Verbindung war kurz unterbrochen."),
        new("fr", "Désolé, je ne vous ai pas entendu. Comment puis-je vous aider ?", "Désolé, je n'ai pas compris. Pouvez-vous le dire autrement ?", "Il s'agit de {0} ?", "Je vous écoute.", "Au revoir.", "Excusez-moi, je ne vous entends pas bien en ce moment. Un instant, s'il vous plaît.", "Excusez-moi, je vous ai perdu un instant."),
        new("es", "Perdone, no le he oído. ¿En qué puedo ayudarle?", "Perdone, no le he entendido. ¿Puede decirlo de otra manera?", "¿Se trata de {0}?", "Dígame.", "Adiós.", "Perdone, ahora mismo no le oigo bien. Un momento, por favor.", "Perdone, le he perdido un momento."),
    ];

    /// <summary>Apologies in a language that we have no words for are English: they say more than silence does.</summary>
    private static StandardTexts English => All[0];

    /// <summary>Texts for a BCP 47 tag; null where we have none.</summary>
    public static StandardTexts? For(string language) =>
        All.FirstOrDefault(texts => texts.Language == LanguageTag.Primary(language));

    /// <summary>"Did you want …?"</summary>
    public string Question(string title) => SpeechMarkup.Plain(string.Format(CultureInfo.InvariantCulture, DidYouWant, title));

    /// <summary>An apology as a prompt for a call in that language.</summary>
    public static Prompt Apology(string language, Func<StandardTexts, string> which) =>
        (For(language) is { } texts ? new Prompt(which(texts), language) : new Prompt(which(English), English.Language)) with { IsFixed = true };
}
