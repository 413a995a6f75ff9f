using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>How filling an intent's slots goes on.</summary>
internal abstract record SlotMove
{
    private SlotMove() { }

    /// <summary>A question follows: for a value, or whether it was heard rightly.</summary>
    public sealed record Ask(SlotFilling Filling, IReadOnlyDictionary<string, string> Slots, IReadOnlyList<Prompt> Prompts, Expectation Expectation) : SlotMove;

    /// <summary>A server is asked whether the value is right.</summary>
    public sealed record Check(SlotFilling Filling, IReadOnlyDictionary<string, string> Slots, string Value) : SlotMove;

    /// <summary>Every slot has its value.</summary>
    public sealed record Filled(IReadOnlyDictionary<string, string> Slots) : SlotMove;

    /// <summary>The answer held no value, or none that can be right.</summary>
    /// <param name="Prompts">To say where it is asked again.</param>
    public sealed record NoAnswer(SlotFilling Filling, IReadOnlyList<Prompt> Prompts, Expectation Expectation) : SlotMove
    {
        /// <summary>The caller may have said something else altogether.</summary>
        public bool IsOtherWords { get; init; }

        /// <summary>Null = as they were.</summary>
        public IReadOnlyDictionary<string, string>? Slots { get; init; }
    }
}
