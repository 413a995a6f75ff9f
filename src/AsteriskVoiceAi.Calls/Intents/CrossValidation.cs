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
        var counts = new int[set.ClassCount];
        foreach (var target in set.Classes)
            counts[target]++;
        int[] several = [.. counts.Where(count => count >= 2)];
        if (set.ClassCount < 2 || several.Length == 0)
            return [];
        // As many folds as the usual intent has examples.
        Array.Sort(several);
        var folds = Math.Min(set.Grams.Count > ManyRows ? MaxFolds / 2 : MaxFolds, several[several.Length / 2]);
        var fold = FoldOf(set.Classes, counts, folds);
        set = set.InSpan();
        var heldOut = new HeldOut[set.Grams.Count >= VeryManyRows ? 1 : folds][];
        Parallel.For(0, heldOut.Length, held => heldOut[held] = Score(set, Rows(fold, i => i == held), Rows(fold, i => i != held)));
        return [.. heldOut.SelectMany(rows => rows)];
    }

    private static int[] Rows(int[] fold, Func<int, bool> which) => [.. Enumerable.Range(0, fold.Length).Where(i => which(fold[i]))];

    /// <summary>Scores some examples by models that were trained on the others.</summary>
    private static HeldOut[] Score(TrainingSet set, int[] held, int[] others)
    {
        var part = set.Part(others);
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
    private static int[] FoldOf(IReadOnlyList<int> classes, int[] counts, int folds)
    {
        var seen = new int[counts.Length];
        var fold = new int[classes.Count];
        for (var i = 0; i < fold.Length; i++)
            fold[i] = counts[classes[i]] == 1 ? -1 : seen[classes[i]]++ % folds;
        return fold;
    }
}
