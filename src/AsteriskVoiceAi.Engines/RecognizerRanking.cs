namespace AsteriskVoiceAi.Engines;

/// <summary>Orders recognisers for <c>auto</c>: the most accurate that is quick enough on this machine leads.</summary>
internal static class RecognizerRanking
{
    public const string Auto = "auto";

    /// <summary>
    /// Most accurate first. Measured on 269 human telephone prompts: moonshine-base 2.6 % of the words wrong, whisper-base 3.1, whisper-tiny.en 3.7,
    /// moonshine-tiny 6.1; Whisper's larger models stand where their publisher's figures put them. A server that an operator named comes first.
    /// </summary>
    private static readonly string[] ByAccuracy =
    [
        "whisper-remote", "whisper-large-v3", "whisper-large-v3-turbo", "whisper-medium.en", "whisper-medium", "whisper-small.en", "whisper-small", "moonshine-base",
        "whisper-base.en", "whisper-base", "whisper-tiny.en", "moonshine-tiny", "whisper-tiny",
    ];

    /// <summary>Those within the time by accuracy, then the others by time, then those that did not answer.</summary>
    /// <param name="trials">How long each took over the same short clip; null = it failed.</param>
    public static IReadOnlyList<string> Order(IReadOnlyDictionary<string, TimeSpan?> trials, TimeSpan within) =>
    [
        .. trials.Where(trial => trial.Value <= within).OrderBy(trial => Accuracy(trial.Key)).Select(trial => trial.Key),
        .. trials.Where(trial => trial.Value > within).OrderBy(trial => trial.Value).Select(trial => trial.Key),
        .. trials.Where(trial => trial.Value is null).OrderBy(trial => Accuracy(trial.Key)).Select(trial => trial.Key),
    ];

    private static int Accuracy(string name)
    {
        var rank = Array.IndexOf(ByAccuracy, name);
        return rank < 0 ? ByAccuracy.Length : rank;
    }
}
