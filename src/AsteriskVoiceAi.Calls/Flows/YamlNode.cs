namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>A piece of a YAML file and where it stands.</summary>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, in words for a message.</summary>
    public abstract string Kind { get; }

    public sealed record Scalar(string Text, bool IsPlain, int Line, int Column) : YamlNode(Line, Column)
    {
        /// <summary>Nothing written: a key without a value, <c>~</c> or <c>null</c>.</summary>
        public bool IsNothing => IsPlain && Text is "" or "~" or "null";

        public override string Kind => IsNothing ? "nothing" : $"'{Short(Text)}'";
    }

    public sealed record Sequence(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column)
    {
        public override string Kind => "a list";
    }

    public sealed record Mapping(IReadOnlyList<(Scalar Key, YamlNode Value)> Entries, int Line, int Column) : YamlNode(Line, Column)
    {
        public override string Kind => "a map (key: value)";

        public YamlNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
    }

    internal static string Short(string text)
    {
        var line = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length <= 40 ? line : line[..39] + "…";
    }
}
