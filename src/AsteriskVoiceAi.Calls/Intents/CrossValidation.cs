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
        var folds = Math.Min(set.Words.Count > ManyRows ? MaxFolds / 2 : MaxFolds, counts[counts.Count / 2]);
        var heldOut = new List<HeldOut>();
        var fold = FoldOf(set.Classes, folds);
        for (var held = 0; held < (set.Words.Count >= VeryManyRows ? 1 : folds); held++)
        {
            var part = set.Part([.. Enumerable.Range(0, set.Words.Count).Where(i => fold[i] != held)]);
            var words = NgramModel.Train(part.Words, part.Classes, part.ClassCount, alone: part.Vectors is null);
            var meaning = part.Vectors is null ? null : MeaningModel.Train(part);
            foreach (var i in Enumerable.Range(0, set.Words.Count).Where(i => fold[i] == held))
            {
                var (scores, cosine) = meaning is null ? (null, 0) : meaning.Score(set.Vectors![i]);
                heldOut.Add(new HeldOut(new Evidence(words.Score(set.Words[i]), words.Nearest(set.Words[i]), words.KnownShare(set.Words[i]), scores, cosine), set.Classes[i], i));
            }
        }
        return heldOut;
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
