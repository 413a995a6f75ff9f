namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// How long a pause in an open answer has to be, where the recogniser tells how likely a final mark is after the last word. That is weighed against
/// the last word itself and the voice:
/// <code>
/// score = 1.2 logit(mark) + 0.5 logit(voice), or 2 logit(mark) + 0.5 where the voice was not asked;  less 3 after a dangling word
/// wait  = 1600 ms at 0 and below, 450 ms at 3 and above, a straight line between
/// </code>
/// </summary>
/// <remarks>
/// Fitted by hand to 147 finished turns and 312 that were broken off, human and synthetic. At the same mean wait, of callers who stop in mid-phrase
/// it cuts off half as many as the written mark does: a decoder that writes "Your call cannot." with a full stop is not sure of it (0.4 to 0.7; finished
/// sentences 0.7 to 0.97).
/// </remarks>
internal static class SentenceWeighing
{
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(450);
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(1600);

    /// <summary>Single words ("operator") are answers that hardly ever have a mark or a telling voice.</summary>
    private static readonly TimeSpan MostAfterOneWord = TimeSpan.FromMilliseconds(600);

    private static readonly TimeSpan MostAfterTwoWords = TimeSpan.FromMilliseconds(800);

    private const double Finished = 3;

    private const double Dangling = 3;

    /// <param name="endMark">See <see cref="Transcript.EndMark"/>.</param>
    /// <param name="voice">Probability by the voice that the caller has finished; null = not asked.</param>
    public static TimeSpan Wait(string text, double endMark, double? voice, bool dangles)
    {
        var score = voice is { } finished ? (1.2 * Logit(endMark)) + (0.5 * Logit(finished)) : (2 * Logit(endMark)) + 0.5;
        if (dangles)
            score -= Dangling;
        var wait = Most - ((Most - Least) * Math.Clamp(score / Finished, 0, 1));
        var most = dangles ? Most : MostAfter(text.AsSpan().Trim());
        return wait < most ? wait : most;
    }

    private static TimeSpan MostAfter(ReadOnlySpan<char> text) => text.Count(' ') switch
    {
        0 => MostAfterOneWord,
        1 => MostAfterTwoWords,
        _ => Most,
    };

    /// <summary>Within ±6.9: nothing is surer than one in a thousand.</summary>
    private static double Logit(double probability)
    {
        var bounded = Math.Clamp(probability, 0.001, 0.999);
        return Math.Log(bounded / (1 - bounded));
    }
}
