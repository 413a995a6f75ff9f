using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Every key of a flow file: the one place that says what may be written.</summary>
internal static class FlowShape
{
    public const int MaxNameLength = 64;

    private static readonly Shape.Text Spoken = new("a text to say") { IsSpoken = true };

    private static readonly Shape.Text MaybeSpoken = Spoken with { MayBeEmpty = true };

    /// <summary>Asterisk keeps 79 characters of each (AST_MAX_CONTEXT, AST_MAX_EXTENSION); none of these is special in a variable or a goto.</summary>
    private static readonly Shape.Text DialplanName = new("a dialplan name: letters, digits and _ . + * # -, at most 79") { Pattern = "[A-Za-z0-9_.+*#-]+", MaxLength = 79 };

    private static readonly Shape.Text Keys = new("keys of a phone in quotes, such as \"1\" or \"#\"") { Pattern = "[0-9*#]+", MaxLength = 10 };

    private static readonly Shape.Text Level = new("auto or a number from 0 to 1") { Pattern = @"auto|0(\.[0-9]+)?|1(\.0+)?", MaxLength = 12, Words = ["auto"] };

    public static readonly Shape.Text Language = new("a language tag, such as en-US") { Pattern = "[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?", MaxLength = 12 };

    private static readonly Shape.Text Number = new("a number") { Pattern = @"-?[0-9]{1,12}(\.[0-9]{1,4})?", MaxLength = 20 };

    private static readonly Shape.Text YesOrNo = new("yes or no") { Pattern = "yes|no|true|false", Words = ["yes", "no"] };

    private static readonly Shape.Text Target = new("an intent's name, hang-up or dialplan") { Pattern = ShapeTexts.Name.Pattern, MaxLength = MaxNameLength, Words = ["hang-up", "dialplan"] };

    private static readonly Shape.Text Voice = new("a voice's name, such as piper-en_US-joe-medium (see voiceai voices)") { Pattern = "[A-Za-z0-9][A-Za-z0-9_./+-]*", MaxLength = 100 };

    private static readonly Shape.List Prompts = new("a list of texts to say", Spoken, 1, 10);

    private static readonly Shape.WordOrMap Step = new(
        "a step: say, webhook, ask-again, transfer, hang-up or return",
        new Shape.Text("hang-up or return, or a step with a value") { Pattern = "hang-up|return", Words = ["hang-up", "return"] },
        new Shape.Map("a step: say, webhook, ask-again, transfer, hang-up or return",
        [
            new("say", "Says a text; one that must be heard is written as text and barge-in: no.", new Shape.WordOrMap("a text to say", Spoken, new Shape.Map("text, barge-in and voice",
            [
                new("text", "What is said.", Spoken, IsRequired: true),
                new("barge-in", "Whether callers may talk over it; default as the flow has it.", YesOrNo),
                new("voice", "Who says it; default as the flow has it.", Voice),
            ]))),
            new("webhook", "Asks a server, and goes on once it has answered; what it answers is data.", WebhookShape.Step),
            new("ask-again", "Asks and listens again. The last step.", Spoken),
            new("transfer", "Sends the caller to another place in the dialplan. The last step.", new Shape.Map("context, extension and say",
            [
                new("context", "Context in the dialplan; without it the channel stays in its own.", DialplanName),
                new("extension", "Extension in that context; without it the channel keeps its own.", DialplanName),
                new("say", "Said first.", Spoken),
            ])),
            new("hang-up", "Ends the call, after a goodbye if there is one. The last step.", MaybeSpoken),
            new("return", "Goes on in the dialplan, after a text if there is one. The last step.", MaybeSpoken),
        ])
        { ExactlyOne = true });

    private static readonly Shape.Map Slot = new("a slot: type and ask",
    [
        new("type", "What kind of value it is.", new Shape.Text("one of " + string.Join(", ", SlotTypes.Names)) { Pattern = string.Join('|', SlotTypes.Names), MaxLength = 20, Words = SlotTypes.Names }, IsRequired: true),
        new("ask", "The question.", Spoken, IsRequired: true),
        new("length", "How many digits or letters: 8, or 4..10.", new Shape.Text("a number such as 8, or a range such as 4..10") { Pattern = @"[1-9][0-9]?(\.\.[1-9][0-9]?)?", MaxLength = 6 }),
        new("luhn", "Whether the last digit is a check digit, as on cards; default no.", YesOrNo),
        new("min", "Smallest number or amount.", Number),
        new("max", "Largest number or amount.", Number),
        new("pattern", "Regular expression of the whole value, such as '[A-Z]{2}[0-9]{6}'.", new Shape.Text("a regular expression without look-around and back references") { MaxLength = 200 }),
        new("choices", "For choice: the words to choose from.", new Shape.List("a list of words", new Shape.Text("a choice") { MaxLength = 60 }, 1, 50)),
        new("prefer", "Where a date without a year lies; default future.", new Shape.Text("past or future") { Pattern = "past|future", Words = ["past", "future"] }),
        new("kind", "What a code is, where that tells more.", new Shape.Text("postcode") { Pattern = "postcode", Words = ["postcode"] }),
        new("confirm", "When it is read back: auto (default) where it was not heard clearly, always, or never.", new Shape.Text("auto, always or never") { Pattern = "auto|always|never", Words = ["auto", "always", "never"] }),
        new("check", "Asks a server whether the value is right, before it is taken. It answers {\"valid\": true or false, \"reason\": what is said, \"value\": its own form}.", WebhookShape.Server),
        new("invalid", "Said where the value can't be right, before it is asked for again; default a standard reason.", Spoken),
    ]);

    private static readonly Shape.Map Intent = new("an intent: examples, keys, do",
    [
        new("title", "The intent in words, for the question 'Did you want …?'.", new Shape.Text("words for the intent") { MaxLength = 100 }),
        new("confirm", "The whole question that makes sure, when the confidence is between confirm and accept.", Spoken),
        new("examples", "What callers say who want this; 5 to 20 make a good start.", new Shape.List("a list of sentences", new Shape.Text("a sentence") { MaxLength = 300 }, 1, 500)),
        new("phrases", "Short phrases that mean it wherever they are said, such as product names; no other intent's callers say them.", new Shape.List("a list of phrases", new Shape.Text("a phrase") { MaxLength = 100 }, 1, 200)),
        new("keys", "Keys of the phone that mean it.", Keys),
        new("slots", "What it needs to know before its steps run, by name: asked for in this order, for texts as {name}, for the dialplan as VOICEAI_SLOT_NAME.",
            new Shape.Table("slots by name", ShapeTexts.VariableName, Slot, 1, 20)),
        new("do", "What happens, in order.", new Shape.List("a list of steps", Step, 1, 20), IsRequired: true),
    ]);

    public static Shape.Map Root { get; } = new("a flow: flow, greeting, intents",
    [
        new("flow", "Name of the flow, the same as the file's without .yaml.", ShapeTexts.Name, IsRequired: true),
        new("language", "Language of everything said and heard; default en-US.", Language),
        new("voice", "Who says everything: a voice of speech.synthesizers (voiceai voices lists them); default the first that speaks the language.", Voice),
        new("greeting", "The first words that a caller hears.", Spoken, IsRequired: true),
        new("variables", "Variables that the dialplan may pass and texts may use as {name}, each with what is said when it is not passed.",
            new Shape.Table("variables: name and default", ShapeTexts.VariableName,
                new Shape.Text("a default text") { MayBeEmpty = true }, 1, 50)),
        new("barge-in", "Whether callers may talk over prompts; default yes.", YesOrNo),
        new("backchannels", "What \"mm-hm\" and \"okay\" over a prompt do: answer it (default), or nothing (ignore; then a prompt stops 0.7 s into what is said, or at its end).",
            new Shape.Text("answer or ignore") { Pattern = "answer|ignore", Words = ["answer", "ignore"] }),
        new("record", "Whether calls are recorded as stereo WAV, caller left, service right; default no. Say so in the greeting where the law asks for it.", YesOrNo),
        new("knowledge", "Facts from which a language model (speech.language-model) may answer questions that are no intent's; without a model it does nothing.", new Shape.Text("a text of facts") { MaxLength = 8000 }),
        new("operator", "The intent that hands over to a person; default the intent called operator.", ShapeTexts.Name),
        new("no-input", "When the caller says nothing.", new Shape.Map("prompts, then and after",
        [
            new("prompts", "Said one after the other, one per silence.", Prompts),
            new("then", "Where the call goes after the last.", Target),
            new("after", "How long the caller may stay silent.", ShapeTexts.Duration),
        ])),
        new("no-match", "When the caller is not understood.", new Shape.Map("prompts and then",
        [
            new("prompts", "Said one after the other, one per failure.", Prompts),
            new("then", "Where the call goes after the last.", Target),
        ])),
        new("confidence", "How sure the service has to be; from 0 to 1, or auto.", new Shape.Map("accept and confirm",
        [
            new("accept", "From here on it acts.", Level),
            new("confirm", "From here on it asks; below it does not understand.", Level),
        ])),
        new("intents", "What callers may want, by name.", new Shape.Table("intents by name", ShapeTexts.Name, Intent, 1, 200), IsRequired: true),
    ]);
}
