using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>One conversation as its file describes it, checked: every reference leads somewhere and every name is safe in a dialplan.</summary>
public sealed record Flow
{
    public required string Name { get; init; }

    /// <summary>BCP 47 tag of everything said and heard.</summary>
    public required string Language { get; init; }

    /// <summary>Who says it; null = the first that speaks the language.</summary>
    public string? Voice { get; init; }

    public required FlowText Greeting { get; init; }

    /// <summary>Variables that the dialplan may pass, with what is said when it does not.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required FlowFallback NoInput { get; init; }

    public required FlowFallback NoMatch { get; init; }

    public required IReadOnlyList<FlowIntent> Intents { get; init; }

    /// <summary>Name of the intent that hands over to a person; empty = the flow has none.</summary>
    public required string Operator { get; init; }

    public required IntentThresholds Confidence { get; init; }

    /// <summary>Whether callers may talk over prompts.</summary>
    public bool BargeIn { get; init; } = true;

    /// <summary>Whether "mm-hm" and the like over a prompt leave it playing.</summary>
    public bool IgnoresBackchannels { get; init; }

    /// <summary>Whether its calls are recorded.</summary>
    public bool Record { get; init; }

    /// <summary>Every voice that it asks for.</summary>
    internal IEnumerable<string> Voices => Intents.SelectMany(intent => intent.Do).OfType<FlowStep.Say>().Select(say => say.Voice).Append(Voice).OfType<string>().Distinct();

    /// <summary>Everything that it says word for word in every call, so that its audio can be made beforehand.</summary>
    internal IEnumerable<string> FixedTexts => [.. Texts.Where(text => text.IsStatic).Select(text => text.Render(_ => null)), .. StandardWords];

    /// <summary>The texts with variables, filled in with this for each of them.</summary>
    internal IEnumerable<string> TextsWith(string value) => Texts.Where(text => !text.IsStatic).Select(text => text.Render(_ => value));

    /// <summary>What is said around its own texts. The apologies are needed when something is broken already, so they are made while nothing is.</summary>
    private IEnumerable<string> StandardWords => StandardTexts.For(Language) is { } texts
        ? [texts.CannotHear, texts.LostYou, texts.HandingOver, texts.GoAhead, texts.Goodbye, .. Intents.Where(intent => intent.Confirm is null).Select(intent => texts.Question(intent.Title))]
        : [];

    private IEnumerable<FlowText> Texts =>
    [
        Greeting,
        .. NoInput.Prompts,
        .. NoMatch.Prompts,
        .. Intents.SelectMany(intent => intent.Slots.SelectMany(slot => new[] { slot.Ask, slot.Invalid })).OfType<FlowText>(),
        .. Intents.SelectMany(intent => intent.Do.Select(step => step.Text).Append(intent.Confirm)).OfType<FlowText>(),
    ];

    /// <summary>What a router learns from.</summary>
    public IReadOnlyList<IntentExamples> Lessons => [.. Intents.Select(intent => new IntentExamples(intent.Name, intent.Examples) { Phrases = intent.Phrases })];

    /// <summary>A slot of any intent.</summary>
    public FlowSlot? Slot(string name) => Intents.SelectMany(intent => intent.Slots).FirstOrDefault(slot => slot.Name == name);

    public FlowIntent? Intent(string name) => Intents.FirstOrDefault(intent => intent.Name == name);
}

/// <summary>What is said when nothing came, or nothing was understood, one prompt a time, and where the call goes after the last.</summary>
/// <param name="After">How long the caller may stay silent; null takes the configured time.</param>
public sealed record FlowFallback(IReadOnlyList<FlowText> Prompts, FlowTarget Then, TimeSpan? After = null);

/// <summary>Where a fallback leads.</summary>
public abstract record FlowTarget
{
    private FlowTarget() { }

    /// <summary>The steps of an intent, as if the caller had asked for it.</summary>
    public sealed record ToIntent(string Intent) : FlowTarget;

    public sealed record HangUp : FlowTarget;

    public sealed record Dialplan : FlowTarget;
}

/// <summary>Something that callers want, how they say it, and what is done.</summary>
/// <param name="Title">The intent in words, for "Did you want …?".</param>
/// <param name="Confirm">The whole question instead; null = made from the title.</param>
/// <param name="Keys">Keys that mean it; empty = none.</param>
public sealed record FlowIntent(
    string Name, string Title, FlowText? Confirm, IReadOnlyList<string> Examples, string Keys, IReadOnlyList<FlowStep> Do)
{
    /// <summary>Phrases that mean it wherever they are said.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>What it needs to know before its steps run, in the order of asking.</summary>
    public IReadOnlyList<FlowSlot> Slots { get; init; } = [];
}

/// <summary>One step of an intent. All but <see cref="Say"/> end the list.</summary>
public abstract record FlowStep
{
    private FlowStep(FlowText? text) => Text = text;

    /// <summary>What is said with the step; null = nothing.</summary>
    public FlowText? Text { get; }

    /// <param name="MustBeHeard">Whether callers can't talk over it.</param>
    /// <param name="Voice">Who says it; null = the flow's.</param>
    public sealed record Say(FlowText Text, bool MustBeHeard = false, string? Voice = null) : FlowStep(Text);

    /// <summary>Asks and listens again.</summary>
    public sealed record AskAgain(FlowText Text) : FlowStep(Text);

    /// <summary>Sends the caller to another place in the dialplan; an empty part stays as it is.</summary>
    public sealed record Transfer(string Context, string Extension, FlowText? Text) : FlowStep(Text);

    public sealed record HangUp(FlowText? Text) : FlowStep(Text);

    /// <summary>Back to the dialplan, at the next priority.</summary>
    public sealed record Return(FlowText? Text) : FlowStep(Text);
}
