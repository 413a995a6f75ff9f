using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>What the decoder made of a sound.</summary>
internal sealed record Reading(string Text, double Confidence)
{
    public static Reading Nothing { get; } = new("", 0);

    /// <summary>Natural logarithm of its probability among all that the model could write, once something was said.</summary>
    public double Score { get; init; }

    public string? Expected { get; init; }

    /// <summary>As the decoder wrote it.</summary>
    public IReadOnlyList<int> Tokens { get; init; } = [];

    public double? EndMark { get; init; }

    public IReadOnlyList<Hypothesis> Alternatives { get; init; } = [];
}
