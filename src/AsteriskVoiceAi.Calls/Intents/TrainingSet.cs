namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Examples as a router learns from them, in the order of the flow.</summary>
/// <param name="Table">Has all grams of the examples, and maybe more.</param>
/// <param name="Grams">Of each example.</param>
/// <param name="Classes">Of each example: the position of its intent.</param>
/// <param name="Vectors">Of each example; null = no encoder.</param>
internal sealed record TrainingSet(
    GramTable Table, IReadOnlyList<TextGrams> Grams, IReadOnlyList<int> Classes, int ClassCount, IReadOnlyList<float[]>? Vectors, IReadOnlyList<NamedVector> Names)
{
    /// <summary>The examples at these positions, with all names.</summary>
    public TrainingSet Part(IReadOnlyList<int> rows) => this with
    {
        Grams = [.. rows.Select(i => Grams[i])],
        Classes = [.. rows.Select(i => Classes[i])],
        Vectors = Vectors is null ? null : [.. rows.Select(i => Vectors[i])],
    };

    /// <summary>The same set, with vectors of fewer dimensions where there are few of them; what is learned from one part says the same about the others.</summary>
    public TrainingSet InSpan()
    {
        float[][] vectors = [.. Vectors ?? [], .. Names.Select(name => name.Vector)];
        if (Vectors is null || !VectorSpan.IsWorthIt(vectors))
            return this;
        var coordinates = VectorSpan.Of(vectors).Coordinates;
        return this with { Vectors = coordinates[..Vectors.Count], Names = [.. Names.Select((name, i) => name with { Vector = coordinates[Vectors.Count + i] })] };
    }
}
