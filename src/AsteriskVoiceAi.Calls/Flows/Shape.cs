using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>
/// What may stand at a place in a flow file. The check, its messages and the JSON Schema all come from these, so they can't
/// disagree.
/// </summary>
/// <param name="Expected">In words for a message: "expected …".</param>
internal abstract record Shape(string Expected)
{
    /// <summary>One value on its own.</summary>
    public sealed record Text(string Expected) : Shape(Expected)
    {
        private readonly Regex? _regex;

        /// <summary>Pattern of the whole value, in the common part of .NET's and JavaScript's languages; null = any text.</summary>
        public string? Pattern
        {
            get;
            init
            {
                field = value;
                _regex = value is null ? null : new Regex($@"\A(?:{value})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            }
        }

        public int MaxLength { get; init; } = 1000;

        /// <summary>Says something a caller hears: places for variables and markup are checked.</summary>
        public bool IsSpoken { get; init; }

        /// <summary>Has places for variables and is not said.</summary>
        public bool TakesValues { get; init; }

        /// <summary>Has places for secrets, and for nothing else.</summary>
        public bool TakesSecrets { get; init; }

        /// <summary>Nothing may stand there, too.</summary>
        public bool MayBeEmpty { get; init; }

        /// <summary>Values offered by an editor; what is allowed is said by the pattern.</summary>
        public IReadOnlyList<string> Words { get; init; } = [];

        public bool Allows(string text) => _regex?.IsMatch(text) ?? true;
    }

    public sealed record List(string Expected, Shape Item, int Min, int Max) : Shape(Expected);

    /// <summary>Keys that are known.</summary>
    public sealed record Map(string Expected, IReadOnlyList<Key> Keys) : Shape(Expected)
    {
        /// <summary>One of the keys, not several: a step.</summary>
        public bool ExactlyOne { get; init; }
    }

    /// <summary>Names that the author chooses.</summary>
    public sealed record Table(string Expected, Text Name, Shape Item, int Min, int Max) : Shape(Expected);

    /// <summary>A single word or a map.</summary>
    public sealed record WordOrMap(string Expected, Text Word, Map Keyed) : Shape(Expected);
}

/// <summary>A key of a map and what it means.</summary>
internal sealed record Key(string Name, string Description, Shape Shape, bool IsRequired = false);
