namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>An example and what a model said about it that had not seen it.</summary>
/// <param name="Example">Its position.</param>
internal sealed record HeldOut(Evidence Evidence, int Class, int Example);

/// <summary>Scores examples by models that were trained on the others.</summary>
internal static class CrossValidation
{
    private const int MaxFolds = 10;

    /// <summary>From so many examples on five folds tell as much as ten, at half the time.</summary>
    private const int ManyRows = 400;

    /// <summary>From so many on one fold in five tells enough.</summary>
    private const int VeryManyRows = 4000;

    /// <summary>An intent with a single example is always learned from, never held back. Empty where no intent has two.</summary>
    public static IReadOnlyList<HeldOut> Run(TrainingSet set)
    {
        var counts = set.Classes.GroupBy(target => target).Select(rows => rows.Count()).Where(count => count >= 2).Order().ToList();
        if (set.ClassCount < 2 || counts.Count == 0)
            return [];
        // As many folds as the usual intent has examples.
        var folds = Math.Min(set.Grams.Count > ManyRows ? MaxFolds / 2 : MaxFolds, counts[counts.Count / 2]);
        var fold = FoldOf(set.Classes, folds);
        set = set.InSpan();
        var heldOut = new HeldOut[set.Grams.Count >= VeryManyRows ? 1 : folds][];
        Parallel.For(0, heldOut.Length, held => heldOut[held] = Score(set, [.. Enumerable.Range(0, fold.Length).Where(i => fold[i] == held)]));
        return [.. heldOut.SelectMany(rows => rows)];
    }

    /// <summary>Scores these examples by models that were trained on all others.</summary>
    private static HeldOut[] Score(TrainingSet set, int[] held)
    {
        var part = set.Part([.. Enumerable.Range(0, set.Grams.Count).Except(held)]);
        var words = NgramModel.Train(part);
        var meaning = part.Vectors is null ? null : MeaningModel.Train(part);
        return Array.ConvertAll(held, i =>
        {
            var (vector, known) = words.Measure(set.Grams[i]);
            // The words' own nearness, too: what the words alone are worth is learned beside the meaning.
            return new HeldOut(Evidence.Of(words, vector, known, meaning, set.Vectors?[i]) with { WordCosine = words.Nearest(vector) }, set.Classes[i], i);
        });
    }

    /// <summary>The n-th example of each class goes to fold n modulo folds; the only one of a class to none.</summary>
    private static int[] FoldOf(IReadOnlyList<int> classes, int folds)
    {
        var only = classes.GroupBy(target => target).Where(rows => rows.Count() == 1).Select(rows => rows.Key).ToHashSet();
        var seen = new Dictionary<int, int>();
        var fold = new int[classes.Count];
        for (var i = 0; i < fold.Length; i++)
        {
            var count = seen.GetValueOrDefault(classes[i]);
            seen[classes[i]] = count + 1;
            fold[i] = only.Contains(classes[i]) ? -1 : count % folds;
        }
        return fold;
    }
}
