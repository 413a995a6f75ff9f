namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>The words of a language that every conversation needs, whatever the flow is about. All in the form of <see cref="Utterance.Words"/>.</summary>
internal sealed record LanguageWords
{
    public required string Language { get; init; }

    /// <summary>Politeness, hesitation and grammar: words that say nothing about what the caller wants.</summary>
    public required IReadOnlySet<string> Fillers { get; init; }

    /// <summary>Phrases that agree. The longest phrase counts, so "not right" is not a "right".</summary>
    public required IReadOnlyList<string> Yes { get; init; }

    /// <summary>Those of them that agree only where nothing else is said: "please", but not "operator, please".</summary>
    public IReadOnlySet<string> YesAlone { get; init; } = Set("");

    /// <summary>Words that disagree where they are all that is said: "know" is how "no" is heard.</summary>
    public IReadOnlySet<string> NoAlone { get; init; } = Set("");

    /// <summary>Phrases that disagree.</summary>
    public required IReadOnlyList<string> No { get; init; }

    /// <summary>Phrases that leave it open although they contain a word of the other two.</summary>
    public required IReadOnlyList<string> Neither { get; init; }

    /// <summary>Phrases that say nothing about it although they contain a word of them: "no bother".</summary>
    public IReadOnlyList<string> Asides { get; init; } = [];

    public static LanguageWords English { get; } = new()
    {
        Language = "en",
        Fillers = Set("a an the to for of in on at and or so well um uh er erm ah oh eh hmm mm hm like just please thanks thank you "
            + "hi hello hey good morning afternoon evening i id im ive me my we us our can could would will want wanna need gotta get give "
            + "is are am be do does did it its that this there yeah yes okay ok sir madam maam some any with about speak talk put through"),
        Yes =
        [
            "yes", "yeah", "yep", "yup", "ya", "yah", "aye", "yessir", "uh huh", "mm hm", "mm hmm", "mmhmm", "mhm", "you bet", "i guess so", "i guess", "i suppose so", "i suppose", "thatll do", "for sure", "alright", "all right", "that works", "works for me", "thats me", "thats fine", "by all means", "totally", "exactly right", "sure", "of course", "okay", "ok",
            "right", "correct", "thats right", "thats write", "that is right", "thats it", "that is it", "thats correct", "exactly", "absolutely",
            "definitely", "certainly", "indeed", "affirmative", "true", "please do", "yes please", "go ahead", "sounds good", "why not", "i do",
            "i did", "i would", "i think so", "it is", "you got it", "fine", "perfect", "great", "please",
            "thatd be great", "that would be great", "thatd be fine", "that would be fine", "thatd be perfect", "that would be perfect", "go on then", "fine by me", "fine with me", "spot on",
        ],
        YesAlone = new HashSet<string>(["please", "i do", "i did", "i would", "it is", "i guess", "i suppose", "fine", "great", "perfect", "true", "right", "why not", "go on then"], StringComparer.Ordinal),
        NoAlone = new HashSet<string>(["know", "know know", "know thanks", "know thank you"], StringComparer.Ordinal),
        No =
        [
            "no", "nope", "nah", "na", "no thanks", "no thank you", "not", "never", "negative", "wrong", "incorrect", "thats wrong",
            "dont", "do not", "didnt", "did not", "isnt", "is not", "not right", "not correct", "thats not right", "thats not it",
            "not that", "not really", "not at all", "of course not", "absolutely not", "definitely not", "certainly not", "no way",
            "i dont", "i didnt", "its not", "it isnt", "not quite", "false", "neither", "no not right", "that isnt right", "that isnt it",
            "that is not right", "i dont think so", "rather not", "id rather not", "i would rather not", "prefer not to", "not okay", "not sure thats right", "dont want", "not please",
        ],
        Neither =
        [
            "i dont know", "dont know", "i do not know", "not sure", "im not sure", "i am not sure", "no idea", "maybe", "perhaps",
            "what do you mean", "i didnt hear", "didnt hear", "i dont understand", "dont understand", "didnt get that", "didnt catch that",
            "yes and no", "not yet", "i have no idea", "i havent decided", "dont mind", "whatever", "doesnt matter",
        ],
        Asides = ["no problem", "no worries", "no bother", "no trouble", "no rush", "no hurry", "right now", "right away", "not working", "i go on", "we go on", "to go on"],
    };

    public static LanguageWords German { get; } = new()
    {
        Language = "de",
        Fillers = Set("ein eine einen der die das den dem zu für von in im an am und oder also äh ähm hm mal bitte danke schön hallo guten tag "
            + "morgen abend ich mir mich mein meine meinen wir uns kann könnte können möchte will würde hätte gern gerne brauche ist sind es ja okay mit über sprechen"),
        Yes = ["ja", "jawohl", "jo", "jep", "genau", "richtig", "stimmt", "korrekt", "sicher", "klar", "natürlich", "gerne", "gern", "okay", "ok", "ja bitte", "das ist richtig", "in ordnung", "bitte"],
        YesAlone = new HashSet<string>(["bitte", "sicher", "richtig"], StringComparer.Ordinal),
        No = ["nein", "nee", "ne", "nö", "nicht", "falsch", "keine", "kein", "nein danke", "auf keinen fall", "stimmt nicht", "das stimmt nicht", "nicht richtig", "das ist nicht richtig", "natürlich nicht", "lieber nicht"],
        Neither = ["weiß nicht", "weiß ich nicht", "ich weiß nicht", "ich weiß es nicht", "keine ahnung", "vielleicht", "nicht sicher", "bin nicht sicher", "nicht verstanden", "jein", "egal"],
    };

    public static LanguageWords French { get; } = new()
    {
        Language = "fr",
        Fillers = Set("un une le la les des du de à au aux et ou euh hum alors bien bonjour bonsoir merci je j me moi mon ma mes nous vous voudrais veux "
            + "peux pourrais besoin est cest ce oui sil plaît svp avec pour parler"),
        Yes = ["oui", "ouais", "exact", "exactement", "cest ça", "cest bien ça", "daccord", "bien sûr", "tout à fait", "voilà", "okay", "ok", "correct", "absolument", "oui sil vous plaît"],
        No = ["non", "pas", "non merci", "pas du tout", "ce nest pas ça", "cest pas ça", "pas daccord", "jamais", "faux", "bien sûr que non", "absolument pas", "pas exactement"],
        Neither = ["je ne sais pas", "je sais pas", "sais pas", "aucune idée", "peut être", "pas sûr", "pas certain", "je ne comprends pas", "je nai pas compris"],
    };

    public static LanguageWords Spanish { get; } = new()
    {
        Language = "es",
        Fillers = Set("un una el la los las de del a al y o eh em este pues bien hola buenos buenas días tardes noches gracias por favor yo me mi mis "
            + "nos quiero quisiera puedo puede podría necesito es esto sí con para hablar"),
        Yes = ["sí", "si", "claro", "correcto", "exacto", "así es", "eso es", "por supuesto", "vale", "de acuerdo", "desde luego", "okay", "ok", "sí por favor"],
        No = ["no", "nada", "no gracias", "nunca", "para nada", "incorrecto", "no es eso", "no es correcto", "claro que no", "por supuesto que no", "eso no"],
        Neither = ["no sé", "no lo sé", "ni idea", "no tengo ni idea", "quizás", "tal vez", "no estoy seguro", "no estoy segura", "no entiendo", "no entendí"],
    };

    private static readonly LanguageWords[] All = [English, German, French, Spanish];

    /// <summary>Words for a BCP 47 tag; null where we have none.</summary>
    public static LanguageWords? For(string language) =>
        All.FirstOrDefault(words => words.Language == LanguageTag.Primary(language));

    private static HashSet<string> Set(string words) => new(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
