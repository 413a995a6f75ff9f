using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>What an answer to a slot's question was.</summary>
internal abstract record SlotAnswer
{
    private SlotAnswer() { }

    /// <param name="IsSure">Needs no reading back.</param>
    public sealed record Value(string Text, bool IsSure) : SlotAnswer;

    /// <summary>A value that can't be right.</summary>
    public sealed record Wrong(string Text, SlotProblem Problem) : SlotAnswer;

    public sealed record None : SlotAnswer;
}
