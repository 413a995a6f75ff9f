using System.Globalization;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Looks into a flow's tree that may still have problems: what is missing or of the wrong kind reads as absent.</summary>
internal static class FlowTree
{
    public static YamlNode? At(this YamlNode? node, string key) => (node as YamlNode.Mapping)?[key];

    public static YamlNode.Scalar? Value(this YamlNode? node, string key) => node.At(key) as YamlNode.Scalar is { IsNothing: false } scalar ? scalar : null;

    public static string Text(this YamlNode? node, string key) => node.Value(key)?.Text ?? "";

    public static IReadOnlyList<YamlNode> Items(this YamlNode? node, string key) => (node.At(key) as YamlNode.Sequence)?.Items ?? [];

    public static IEnumerable<YamlNode.Scalar> Texts(this YamlNode? node, string key) => node.Items(key).OfType<YamlNode.Scalar>();

    public static IReadOnlyList<(YamlNode.Scalar Key, YamlNode Value)> Entries(this YamlNode? node, string key) => (node.At(key) as YamlNode.Mapping)?.Entries ?? [];

    /// <summary>Name of a step, written as a word or as the key of a map; null when it is neither.</summary>
    public static string? StepName(this YamlNode step) => step switch
    {
        YamlNode.Scalar word => word.Text,
        YamlNode.Mapping { Entries: [var only] } => only.Key.Text,
        _ => null,
    };

    /// <summary>A table of texts.</summary>
    public static IEnumerable<(YamlNode.Scalar Name, YamlNode.Scalar Value)> Pairs(this YamlNode? node, string key) =>
        node.Entries(key).Select(entry => (entry.Key, Value: entry.Value as YamlNode.Scalar)).Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!));

    public static bool EndsSteps(string? step) => step is "ask-again" or "transfer" or "hang-up" or "return";

    /// <summary>Grammar: 1*3DIGIT [ "." 1*3DIGIT ] "s" / 1*5DIGIT "ms".</summary>
    public static TimeSpan? Duration(string text)
    {
        var milliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        var number = milliseconds ? text[..^2] : text.TrimEnd('s');
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? TimeSpan.FromMilliseconds(milliseconds ? value : value * 1000)
            : null;
    }

    /// <summary>A confidence; null = auto, or no number.</summary>
    public static double? Level(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
