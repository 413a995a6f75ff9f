using System.Globalization;
using System.Text.RegularExpressions;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>A checked tree to a flow, with the defaults filled in.</summary>
internal sealed class FlowBuilder(YamlNode root)
{
    public const string DefaultLanguage = "en-US";

    private const string DefaultOperator = "operator";

    private readonly string _operator = OperatorOf(root);

    /// <summary>The intent that hands over to a person; empty = there is none.</summary>
    public static string OperatorOf(YamlNode root) => root.Text("operator") is { Length: > 0 } named ? named : root.At("intents").At(DefaultOperator) is not null ? DefaultOperator : "";

    /// <summary>Where a call goes whose server fails in the middle of the steps: to a person, or back.</summary>
    private FlowTarget FailedStep => _operator.Length > 0 ? new FlowTarget.ToIntent(_operator) : new FlowTarget.Dialplan();

    public Flow Build()
    {
        var language = root.Text("language") is { Length: > 0 } given ? given : DefaultLanguage;
        var texts = StandardTexts.For(language);
        var intents = root.Entries("intents").Select(entry => Intent(entry.Key.Text, entry.Value)).ToList();
        return new Flow
        {
            Name = root.Text("flow"),
            Language = language,
            Voice = root.Text("voice") is { Length: > 0 } voice ? voice : null,
            Greeting = Text(root.Text("greeting")),
            Variables = root.Entries("variables").ToDictionary(entry => entry.Key.Text, entry => root.At("variables").Text(entry.Key.Text)),
            NoInput = Fallback("no-input", texts?.NoInput, intents),
            NoMatch = Fallback("no-match", texts?.NoMatch, intents),
            Intents = intents,
            Operator = _operator,
            Confidence = Confidence(),
            BargeIn = root.Text("barge-in") is not ("no" or "false"),
            Knowledge = root.Text("knowledge") is { Length: > 0 } knowledge ? knowledge : null,
            Record = root.Text("record") is "yes" or "true",
            IgnoresBackchannels = root.Text("backchannels") == "ignore",
        };
    }

    private FlowFallback Fallback(string key, string? standard, List<FlowIntent> intents)
    {
        var fallback = root.At(key);
        var prompts = fallback.Texts("prompts").Select(prompt => Text(prompt.Text)).ToList();
        if (prompts.Count == 0 && standard is not null)
            prompts.Add(Text(standard));
        FlowTarget then = fallback.Text("then") switch
        {
            "hang-up" => new FlowTarget.HangUp(),
            "dialplan" => new FlowTarget.Dialplan(),
            "" when intents.Any(intent => intent.Name == _operator && intent.Do[^1] is not FlowStep.AskAgain) => new FlowTarget.ToIntent(_operator),
            "" => new FlowTarget.Dialplan(),
            var intent => new FlowTarget.ToIntent(intent),
        };
        return new FlowFallback(prompts, then, FlowTree.Duration(fallback.Text("after")));
    }

    private IntentThresholds Confidence() => new(FlowTree.Level(root.At("confidence").Text("accept")), FlowTree.Level(root.At("confidence").Text("confirm")));

    private FlowIntent Intent(string name, YamlNode intent) => new(
        name,
        intent.Text("title") is { Length: > 0 } title ? title : IntentRouter.NameAsWords(name),
        Optional(intent.Text("confirm")),
        [.. intent.Texts("examples").Select(example => example.Text)],
        intent.Text("keys"),
        [.. intent.Items("do").Select(step => Step(name, step))])
    {
        Phrases = [.. intent.Texts("phrases").Select(phrase => phrase.Text)],
        Slots = [.. intent.Entries("slots").Select(entry => Slot(name, entry.Key.Text, entry.Value))],
    };

    private FlowSlot Slot(string intent, string name, YamlNode slot)
    {
        var (least, most) = slot.Text("length") is { Length: > 0 } length ? Length(length) : (0, 0);
        var rules = new SlotRules(
            least, most, slot.Text("luhn") is "yes" or "true", Number(slot.Text("min")), Number(slot.Text("max")), slot.Text("pattern") is { Length: > 0 } pattern ? Regex(pattern) : null);
        var confirm = slot.Text("confirm") switch { "always" => SlotConfirm.Always, "never" => SlotConfirm.Never, _ => SlotConfirm.Auto };
        return new FlowSlot(name, SlotTypes.Find(slot.Text("type"))!.Value, Text(slot.Text("ask")), rules, confirm, Optional(slot.Text("invalid")))
        {
            Choices = [.. slot.Texts("choices").Select(choice => choice.Text)],
            Check = slot.At("check") is { } check ? WebhookOf(intent, check, otherwise: null) : null,
            PrefersPast = slot.Text("prefer") == "past",
            Kind = slot.Text("kind") is { Length: > 0 } kind ? kind : null,
        };
    }

    /// <summary>Grammar: number [ ".." number ].</summary>
    public static (int Least, int Most) Length(string text)
    {
        var ends = text.Split("..");
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least) && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? (least, most) : (0, 0);
    }

    /// <summary>Of the whole value, in time linear to it; null = it is none.</summary>
    public static Regex? Regex(string pattern)
    {
        try
        {
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null;

    private FlowStep Step(string intent, YamlNode step)
    {
        var name = step.StepName()!;
        var text = step.Text(name);
        return name switch
        {
            "say" when step.At(name) is YamlNode.Mapping say => new FlowStep.Say(Text(say.Text("text")), MustBeHeard: say.Text("barge-in") is "no" or "false", say.Text("voice") is { Length: > 0 } voice ? voice : null),
            "say" => new FlowStep.Say(Text(text)),
            "webhook" => new FlowStep.Webhook(WebhookOf(intent, step.At(name)!, FailedStep), step.At(name).Text("save") is { Length: > 0 } save ? save : null),
            "ask-again" => new FlowStep.AskAgain(Text(text)),
            "hang-up" => new FlowStep.HangUp(Optional(text)),
            "return" => new FlowStep.Return(Optional(text)),
            "transfer" => new FlowStep.Transfer(step.At(name).Text("context"), step.At(name).Text("extension"), Optional(step.At(name).Text("say"))),
            _ => throw new InvalidOperationException($"the step '{name}' was checked and is not known"),
        };
    }

    /// <param name="otherwise">Without on-error; an operator whose own server fails goes on.</param>
    private FlowWebhook WebhookOf(string intent, YamlNode server, FlowTarget? otherwise)
    {
        IReadOnlyList<KeyValuePair<string, FlowText>> body = [.. server.Pairs("body").Select(pair => KeyValuePair.Create(pair.Name.Text, Text(pair.Value.Text)))];
        return new FlowWebhook(
            server.Text("method") is { Length: > 0 } method ? method : body.Count > 0 ? "POST" : "GET",
            Text(server.Text("url")),
            body,
            [.. server.Pairs("headers").Select(pair => KeyValuePair.Create(pair.Name.Text, Text(pair.Value.Text)))],
            FlowTree.Duration(server.Text("timeout")) ?? FlowWebhook.UsualTimeout,
            server.Text("on-error") switch
            {
                "" => intent == _operator ? null : otherwise,
                "continue" => null,
                "hang-up" => new FlowTarget.HangUp(),
                "dialplan" => new FlowTarget.Dialplan(),
                var to => new FlowTarget.ToIntent(to),
            });
    }

    private static FlowText? Optional(string text) => string.IsNullOrWhiteSpace(text) ? null : Text(text);

    private static FlowText Text(string source) => FlowText.Parse(source, out var found) ?? throw new InvalidOperationException($"a checked text has {found}");
}
