using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>What a flow's parts have to be to each other: references that lead somewhere, nothing twice, steps that end.</summary>
internal sealed class FlowChecks(string file, YamlNode root, List<FlowProblem> problems)
{
    /// <summary>Below, people are cut off while they think; above, they think the line is dead.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<(YamlNode.Scalar Key, YamlNode Value)> _intents = root.Entries("intents");

    private readonly string _language = root.Text("language") is { Length: > 0 } language ? language : FlowBuilder.DefaultLanguage;

    /// <param name="name">What the flow has to be called; null = anything.</param>
    public void Check(string? name)
    {
        if (name is not null && root.Value("flow") is { } flow && flow.Text != name)
            Problem(flow, flow.Kind, $"'{name}', as the file is called");
        CheckFallback("no-input");
        CheckFallback("no-match");
        if (root.Value("operator") is { } person)
            Find(person);
        CheckLevels();
        CheckSlots();
        CheckKeys();
        CheckExamples();
        foreach (var (key, intent) in _intents)
            CheckIntent(key, intent);
    }

    private void CheckSlots()
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, slot) in _intents.SelectMany(intent => intent.Value.Entries("slots")))
        {
            var type = SlotTypes.Find(slot.Text("type"));
            if (root.At("variables").At(name.Text) is not null)
                Problem(name, $"the slot {name.Kind}", "a name that is not a variable's, too");
            if (!types.TryAdd(name.Text, slot.Text("type")) && types[name.Text] != slot.Text("type"))
                Problem(name, $"the slot {name.Kind} with another type", $"the type '{types[name.Text]}', which it has in another intent");
            if (type == SlotType.Choice && slot.At("choices") is null)
                Problem(slot, "a choice without choices", "'choices': a list of words");
            if (slot.Value("pattern") is { } pattern && FlowBuilder.Regex(pattern.Text) is null)
                Problem(pattern, pattern.Kind, "a regular expression without look-around and back references");
            if (slot.Value("length") is { } length && FlowBuilder.Length(length.Text) is (var least, var most) && most < least)
                Problem(length, length.Kind, "the smaller number first");
            if (type is { } wanted && SlotLanguage.For(_language) is var language && !language.Types.Contains(wanted))
                Problem(slot.Value("type")!, $"the type '{slot.Text("type")}' in a flow in {_language}", $"one that is read in this language: {string.Join(", ", language.Types.Select(read => read.ToString().ToLowerInvariant()))}");
        }
    }

    private void CheckFallback(string key)
    {
        var fallback = root.At(key);
        if (fallback.At("prompts") is null && FlowShape.Language.Allows(_language) && StandardTexts.For(_language) is null)
            Problem(fallback ?? root, $"no prompts under '{key}'", $"some: there are none built in for '{_language}'");
        if (fallback.Value("after") is { } after && FlowTree.Duration(after.Text) is { } wait && (wait < ShortestWait || wait > LongestWait))
            Problem(after, after.Kind, "a time from 500ms to 60s");
        if (fallback.Value("then") is not { Text: not ("hang-up" or "dialplan") } then || !Find(then))
            return;
        var steps = _intents.First(intent => intent.Key.Text == then.Text).Value.Items("do");
        if (steps.Count > 0 && steps[^1].StepName() == "ask-again")
            Problem(then, then.Kind, "an intent that ends in transfer, hang-up or return; asking again would go round for ever");
    }

    private bool Find(YamlNode.Scalar name)
    {
        var names = _intents.Select(intent => intent.Key.Text).ToList();
        if (names.Contains(name.Text))
            return true;
        Problem(name, name.Kind, "the name of an intent of this flow" + Nearest.Hint(name.Text, names));
        return false;
    }

    private void CheckLevels()
    {
        var confidence = root.At("confidence");
        var accept = FlowTree.Level(confidence.Text("accept"));
        var confirm = FlowTree.Level(confidence.Text("confirm"));
        if (confirm > accept)
            Problem(confidence.Value("confirm")!, confidence.Text("confirm"), "at most what accept is");
    }

    private void CheckKeys()
    {
        var seen = new Dictionary<string, YamlNode.Scalar>(StringComparer.Ordinal);
        foreach (var (name, intent) in _intents)
        {
            if (intent.Value("keys") is not { } keys || seen.TryAdd(keys.Text, name))
                continue;
            Problem(keys, $"the keys {keys.Kind} again", $"other keys; intent '{seen[keys.Text].Text}' on line {seen[keys.Text].Line} has these");
        }
    }

    private void CheckExamples()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, intent) in _intents)
        {
            foreach (var example in intent.Texts("examples"))
            {
                var words = string.Join(' ', Utterance.Words(example.Text));
                if (words.Length == 0)
                {
                    if (!string.IsNullOrWhiteSpace(example.Text))
                        Problem(example, example.Kind, "a sentence with words");
                }
                else if (!seen.TryAdd(words, name.Text) && seen[words] != name.Text)
                    Problem(example, example.Kind + " again", $"it in one intent only; '{seen[words]}' has it, too");
            }
        }
    }

    private void CheckIntent(YamlNode.Scalar name, YamlNode intent)
    {
        if (name.Text is "hang-up" or "dialplan")
            Problem(name, name.Kind, "another name; this one means a place under then:");
        if (intent is YamlNode.Mapping && intent.At("examples") is null && intent.At("phrases") is null && intent.At("keys") is null && !IsTarget(name.Text))
            Problem(name, $"the intent {name.Kind} without examples and keys", "one of them, or no caller gets there");
        var steps = intent.Items("do");
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i].StepName();
            if (FlowTree.EndsSteps(step) && i + 1 < steps.Count)
                Problem(steps[i + 1], $"a step after '{step}'", $"'{step}' as the last step");
            if (step is "say" or "webhook" && i + 1 == steps.Count)
                Problem(steps[i], $"'{step}' as the last step", "ask-again, transfer, hang-up or return after it");
            if (step is "transfer" && steps[i].At("transfer") is YamlNode.Mapping transfer && transfer["context"] is null && transfer["extension"] is null)
                Problem(transfer, "a transfer without context and extension", "at least one of them");
        }
    }

    private bool IsTarget(string name) =>
        root.Text("operator") == name || root.At("no-input").Text("then") == name || root.At("no-match").Text("then") == name;

    private void Problem(YamlNode at, string found, string expected) => problems.Add(new FlowProblem(file, at.Line, at.Column, found, expected));
}
