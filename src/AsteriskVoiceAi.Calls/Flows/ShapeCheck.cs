namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Holds a tree against a shape and notes everything that does not fit.</summary>
/// <param name="names">What a text may use as {name}.</param>
internal sealed class ShapeCheck(string file, FlowNames names, List<FlowProblem> problems)
{
    public void Check(YamlNode node, Shape shape)
    {
        switch (shape, node)
        {
            case (Shape.Text text, YamlNode.Scalar scalar):
                CheckText(scalar, text);
                break;
            case (Shape.List list, YamlNode.Sequence sequence):
                CheckList(sequence, list);
                break;
            case (Shape.Map map, YamlNode.Mapping mapping):
                CheckMap(mapping, map);
                break;
            case (Shape.Table table, YamlNode.Mapping mapping):
                CheckTable(mapping, table);
                break;
            case (Shape.WordOrMap either, YamlNode.Scalar scalar):
                CheckText(scalar, either.Word);
                break;
            case (Shape.WordOrMap { Word.IsSpoken: true } either, YamlNode.Mapping mapping) when !mapping.Entries.Any(entry => either.Keyed.Keys.Any(key => key.Name == entry.Key.Text)):
                Problem(node, node.Kind, either.Expected + "; a text with ': ' or '{' goes in quotes");
                break;
            case (Shape.WordOrMap either, YamlNode.Mapping mapping):
                CheckMap(mapping, either.Keyed);
                break;
            case (Shape.Text { IsSpoken: true } text, YamlNode.Mapping):
                Problem(node, node.Kind, text.Expected + "; a text with ': ' or '{' goes in quotes");
                break;
            default:
                Problem(node, node.Kind, shape.Expected);
                break;
        }
    }

    private void CheckText(YamlNode.Scalar scalar, Shape.Text shape)
    {
        if (scalar.IsNothing || string.IsNullOrWhiteSpace(scalar.Text))
        {
            if (!shape.MayBeEmpty)
                Problem(scalar, "nothing", shape.Expected);
        }
        else if (scalar.Text.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c)))
            Problem(scalar, "a control character", shape.Expected);
        else if (scalar.Text.Length > shape.MaxLength)
            Problem(scalar, $"{scalar.Text.Length} characters", $"{shape.Expected}; at most {shape.MaxLength} characters");
        else if (!shape.Allows(scalar.Text))
            Problem(scalar, scalar.Kind, shape.Expected + Nearest.Hint(scalar.Text, shape.Words));
        else if (shape.IsSpoken || shape.TakesValues || shape.TakesSecrets)
            CheckPlaces(scalar, shape);
    }

    private void CheckPlaces(YamlNode.Scalar scalar, Shape.Text shape)
    {
        var text = FlowText.Parse(scalar.Text, out var found);
        if (text is null)
            Problem(scalar, found + " in a text", "{name} with the name of a variable; a lone brace can't be said");
        if (shape.IsSpoken && text?.MarkupProblem is { } markup)
            Problem(scalar, markup.Found + " in a text", markup.Expected);
        foreach (var name in text?.Variables.Distinct() ?? [])
        {
            if (shape.TakesSecrets && !FlowNames.IsSecret(name))
                Problem(scalar, $"'{{{name}}}' in a header", "{secret.NAME} or fixed words: what callers say does not go into headers");
            else if (!shape.TakesSecrets && !names.Know(name))
                Problem(scalar, $"'{{{name}}}' in a text", "a name that stands under variables:" + Nearest.Hint(name, names.All));
        }
    }

    private void CheckList(YamlNode.Sequence sequence, Shape.List shape)
    {
        if (sequence.Items.Count < shape.Min)
            Problem(sequence, "an empty list", shape.Expected);
        if (sequence.Items.Count > shape.Max)
            Problem(sequence.Items[shape.Max], $"{sequence.Items.Count} entries", $"at most {shape.Max}");
        foreach (var item in sequence.Items)
            Check(item, shape.Item);
    }

    private void CheckMap(YamlNode.Mapping mapping, Shape.Map shape)
    {
        foreach (var (name, value) in mapping.Entries)
        {
            var key = shape.Keys.FirstOrDefault(k => k.Name == name.Text);
            if (key is null)
                Problem(name, $"the key {name.Kind}", "one of " + Names(shape) + Nearest.Hint(name.Text, shape.Keys.Select(k => k.Name)));
            else
                Check(value, key.Shape);
        }
        foreach (var missing in shape.Keys.Where(key => key.IsRequired && mapping[key.Name] is null))
            Problem(mapping, "no key '" + missing.Name + "'", $"'{missing.Name}': {missing.Shape.Expected}");
        if (shape.ExactlyOne && mapping.Entries.Count != 1)
            Problem(mapping, mapping.Entries.Count == 0 ? "an empty map" : $"{mapping.Entries.Count} keys in one step", "one step each, with a '-' of its own");
    }

    private void CheckTable(YamlNode.Mapping mapping, Shape.Table shape)
    {
        if (mapping.Entries.Count < shape.Min)
            Problem(mapping, "an empty map", shape.Expected);
        if (mapping.Entries.Count > shape.Max)
            Problem(mapping.Entries[shape.Max].Key, $"{mapping.Entries.Count} entries", $"at most {shape.Max}");
        foreach (var (name, value) in mapping.Entries)
        {
            CheckText(name, shape.Name);
            Check(value, shape.Item);
        }
    }

    private static string Names(Shape.Map shape) => string.Join(", ", shape.Keys.Select(key => key.Name));

    private void Problem(YamlNode at, string found, string expected) => problems.Add(new FlowProblem(file, at.Line, at.Column, found, expected));
}
