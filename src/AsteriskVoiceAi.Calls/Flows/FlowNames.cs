namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Every name that a flow's texts may use: variables, slots, and what servers answered.</summary>
internal sealed class FlowNames
{
    private const string Secret = "secret.";

    private readonly HashSet<string> _values;
    private readonly HashSet<string> _saved;

    public FlowNames(YamlNode root)
    {
        var intents = root.Entries("intents");
        _values = [.. root.Entries("variables").Select(entry => entry.Key.Text), .. intents.SelectMany(intent => intent.Value.Entries("slots")).Select(slot => slot.Key.Text)];
        _saved = [.. intents.SelectMany(intent => intent.Value.Items("do")).Select(step => step.At("webhook").Text("save")).Where(name => name.Length > 0)];
    }

    public IEnumerable<string> All => _values.Concat(_saved);

    /// <summary>Whether a variable or a slot has it.</summary>
    public bool IsValue(string name) => _values.Contains(name);

    /// <summary>Of a part of an answer its beginning counts: {parcel.status}.</summary>
    public bool Know(string place) => _values.Contains(place) || _saved.Contains(place.Split('.')[0]);

    public static bool IsSecret(string place) => place.StartsWith(Secret, StringComparison.Ordinal) && place.IndexOf('.', Secret.Length) < 0;

    /// <summary>The name of a secret without what marks it as one.</summary>
    public static string SecretName(string place) => place[Secret.Length..];
}
