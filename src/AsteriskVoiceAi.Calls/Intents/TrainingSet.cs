namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Examples as a router learns from them, in the order of the flow.</summary>
/// <param name="Words">Of each example.</param>
/// <param name="Classes">Of each example: the position of its intent.</param>
/// <param name="Vectors">Of each example; null = no encoder.</param>
/// <param name="Names">Vectors of the intents' names, each an example of its own that is always learned from, with its class.</param>
internal sealed record TrainingSet(
    IReadOnlyList<IReadOnlyList<string>> Words, IReadOnlyList<int> Classes, int ClassCount, IReadOnlyList<float[]>? Vectors, IReadOnlyList<(float[] Vector, int Class)> Names)
{
    /// <summary>The examples at these positions, with all names.</summary>
    public TrainingSet Part(IReadOnlyList<int> rows) => this with
    {
        Words = [.. rows.Select(i => Words[i])],
        Classes = [.. rows.Select(i => Classes[i])],
        Vectors = Vectors is null ? null : [.. rows.Select(i => Vectors[i])],
    };
}
