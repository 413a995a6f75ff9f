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
    /// <summary>Said when the service stops and the call goes back to the dialplan.</summary>
    public required string HandingOver { get; init; }

    /// <summary>Said before a question that is asked again.</summary>
    public required string NotGot { get; init; }

    /// <summary>Reads a value back; {0} is the value.</summary>
    public required string IsThatRight { get; init; }

    /// <summary>A value has too few digits or letters; {0} is the least number.</summary>
    public required string TooShort { get; init; }

    /// <summary>A value has too many; {0} is the largest number.</summary>
    public required string TooLong { get; init; }

    /// <summary>A value can't be right for another reason.</summary>
    public required string CanNotBe { get; init; }

    private static readonly StandardTexts[] All =
    [
        new("en", "Sorry, I didn't hear you. How can I help?", "Sorry, I didn't get that. Could you say it another way?", "Did you want {0}?", "Sure, what is it?", "Goodbye.", "I'm sorry, I can't hear you properly right now. One moment please.", "I'm sorry, I lost you for a moment.")
        {
            HandingOver = "I'm sorry, I have to pass you on now. One moment please.",
            NotGot = "Sorry, I didn't get that.",
            IsThatRight = "{0}. Is that right?",
            TooShort = "That is too short, it should have at least {0}.",
            TooLong = "That is too long, it should have at most {0}.",
            CanNotBe = "That doesn't seem to be right.",
        },
        new("de", "Entschuldigung, ich habe Sie nicht gehört. Wie kann ich helfen?", "Entschuldigung, das habe ich nicht verstanden. Können Sie es anders sagen?", "Geht es um {0}?", "Gerne, worum geht es?", "Auf Wiederhören.", "Entschuldigung, ich kann Sie gerade nicht gut verstehen. Einen Moment bitte.", "Entschuldigung, die Verbindung war kurz unterbrochen.")
        {
            HandingOver = "Entschuldigung, ich muss Sie jetzt weiterleiten. Einen Moment bitte.",
            NotGot = "Entschuldigung, das habe ich nicht verstanden.",
            IsThatRight = "{0}. Ist das richtig?",
            TooShort = "Das ist zu kurz, es sollten mindestens {0} sein.",
            TooLong = "Das ist zu lang, es sollten höchstens {0} sein.",
            CanNotBe = "Das scheint nicht zu stimmen.",
        },
        new("fr", "Désolé, je ne vous ai pas entendu. Comment puis-je vous aider ?", "Désolé, je n'ai pas compris. Pouvez-vous le dire autrement ?", "Il s'agit de {0} ?", "Je vous écoute.", "Au revoir.", "Excusez-moi, je ne vous entends pas bien en ce moment. Un instant, s'il vous plaît.", "Excusez-moi, je vous ai perdu un instant.")
        {
            HandingOver = "Excusez-moi, je dois maintenant vous transférer. Un instant, s'il vous plaît.",
            NotGot = "Désolé, je n'ai pas compris.",
            IsThatRight = "{0}. C'est bien ça ?",
            TooShort = "C'est trop court, il en faut au moins {0}.",
            TooLong = "C'est trop long, il en faut au plus {0}.",
            CanNotBe = "Cela ne semble pas correct.",
        },
        new("es", "Perdone, no le he oído. ¿En qué puedo ayudarle?", "Perdone, no le he entendido. ¿Puede decirlo de otra manera?", "¿Se trata de {0}?", "Dígame.", "Adiós.", "Perdone, ahora mismo no le oigo bien. Un momento, por favor.", "Perdone, le he perdido un momento.")
        {
            HandingOver = "Perdone, ahora tengo que pasarle. Un momento, por favor.",
            NotGot = "Perdone, no le he entendido.",
            IsThatRight = "{0}. ¿Es correcto?",
            TooShort = "Es demasiado corto, deben ser al menos {0}.",
            TooLong = "Es demasiado largo, deben ser como mucho {0}.",
            CanNotBe = "Eso no parece correcto.",
        },
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
