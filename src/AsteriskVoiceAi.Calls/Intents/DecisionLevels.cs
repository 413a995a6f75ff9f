namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>The confidences at which a router acts and asks.</summary>
/// <param name="Confirm">At most <paramref name="Accept"/>.</param>
internal sealed record DecisionLevels(double Accept, double Confirm)
{
    /// <summary>
    /// Of a flow's examples, so many may be sent to the wrong place without a question. Of its callers, who are further away and misheard, it
    /// becomes up to 3 in 100: 2 of 35 labelled lists have more, clean and noisy.
    /// </summary>
    private const double MostMisrouted = 0.019;

    /// <summary>Of callers in scope, so many may be taken for others.</summary>
    private const double MostRefused = 0.05;

    /// <summary>
    /// A flow whose examples agree needs no more than an even chance; above the highest, hardly a caller would be sent on without a question.
    /// </summary>
    private const double LowestAccept = 0.5;
    private const double HighestAccept = 0.9;

    /// <summary>
    /// Examples resemble each other more than callers resemble them, and noise makes it worse: what refuses one example in twenty refuses
    /// one caller in five. At about half of that one to three callers in a hundred are refused who are in scope. These are shares of examples.
    /// </summary>
    private const double Resemblance = 0.55;
    private const double LowestConfirm = 0.15;
    private const double HighestConfirm = 0.5;

    /// <summary>Fewer examples tell nothing; then these stand.</summary>
    private const int FewRows = 20;
    private static readonly DecisionLevels Usual = new(0.6, 0.34);

    /// <summary>What <c>auto</c> becomes.</summary>
    /// <param name="heldOut">The flow's examples, each judged by a model that had not seen it.</param>
    public static DecisionLevels For(IntentThresholds wanted, IReadOnlyList<JudgedExample> heldOut)
    {
        var worked = heldOut.Count < FewRows ? Usual : new DecisionLevels(WorkedAccept(heldOut), WorkedConfirm(heldOut));
        // A number that the flow gives moves the other one out of its way.
        var accept = wanted.Accept ?? Math.Max(worked.Accept, wanted.Confirm ?? 0);
        return new DecisionLevels(accept, Math.Min(accept, wanted.Confirm ?? worked.Confirm));
    }

    private static double WorkedAccept(IReadOnlyList<JudgedExample> heldOut)
    {
        for (var level = LowestAccept; level < HighestAccept; level += 0.01)
        {
            var accepted = heldOut.Where(example => example.Confidence >= level).ToList();
            // Mistakes that were made, and those that the confidences own to; few examples may have had luck.
            var misrouted = Math.Max(accepted.Count(example => !example.IsRight), accepted.Sum(example => 1 - example.Confidence));
            // To the next whole mistake.
            if (misrouted <= (MostMisrouted * heldOut.Count) + 0.5)
                return Math.Round(level, 2);
        }
        return HighestAccept;
    }

    private static double WorkedConfirm(IReadOnlyList<JudgedExample> heldOut)
    {
        var sorted = new double[heldOut.Count];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = heldOut[i].Confidence;
        Array.Sort(sorted);
        var share = Resemblance * ConfidenceCurve.OfExamples(sorted[(int)(MostRefused * sorted.Length)]);
        return Math.Round(ConfidenceCurve.OfCallers(Math.Clamp(share, LowestConfirm, HighestConfirm)), 2);
    }
}

/// <summary>An example and how a router that had not seen it would have decided.</summary>
internal sealed record JudgedExample(double Confidence, bool IsRight);
