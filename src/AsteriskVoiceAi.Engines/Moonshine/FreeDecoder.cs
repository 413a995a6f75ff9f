using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Reads whatever was said: always the likeliest next token.</summary>
internal static class FreeDecoder
{
    /// <summary>Fast digits need 6.5 tokens a second; more only gives a runaway decoder room.</summary>
    private const double TokensPerSecond = 6.5;
    private const int LeastTokens = 6;

    /// <summary>
    /// The decoder ends at once on half of all sounds with pauses in them, at 0.57 to 0.80 for lost speech and above 0.97 for silence
    /// and noise: only above this is an end as first token believed.
    /// </summary>
    private const double EmptyProbability = 0.95;

    /// <summary>Whether there are no words in the sound; asked before the first step.</summary>
    public static bool IsEmpty(MoonshineDecoding decoding) => TokenChoice.Probability(decoding.Logits(0), TokenTable.End) > EmptyProbability;

    /// <param name="decoding">At its start.</param>
    /// <param name="seconds">Length of the sound.</param>
    public static Reading Read(MoonshineDecoding decoding, TokenTable table, double seconds, Expectation expectation, CancellationToken cancellationToken)
    {
        List<int> tokens = [];
        var (sum, score) = (0.0, 0.0);
        double? endMark = null;
        var limit = Math.Max(LeastTokens, (int)(TokensPerSecond * seconds));
        while (tokens.Count < limit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tokens.Count > 0)
                decoding.Step([tokens[^1]], [0]);
            var (token, probability) = TokenChoice.Best(decoding.Logits(0), banned: tokens.Count == 0 ? TokenTable.End : -1);
            // Where the mark is due: as it is written, or at the end without one.
            if (table.EndsSentence(token) || (token == TokenTable.End && !table.EndsSentence(tokens[^1])))
                endMark = table.EndMarks.Sum(mark => TokenChoice.Probability(decoding.Logits(0), mark));
            // The decoder likes to end at once; that something was said is known here.
            var possible = tokens.Count == 0 ? 1 - TokenChoice.Probability(decoding.Logits(0), TokenTable.End) : 1;
            score += Math.Log(Math.Max(1e-9, probability / Math.Max(1e-9, possible)));
            if (token == TokenTable.End)
                break;
            tokens.Add(token);
            sum += probability;
            // Digits repeat in earnest ("0000 0000"); there the limit on tokens has to do.
            if (expectation is not (Expectation.Digits or Expectation.Characters) && RepeatGuard.Cut(tokens))
                break;
        }
        var text = table.Decode(tokens);
        return text.Length == 0 ? Reading.Nothing : new(text, Math.Min(1, sum / tokens.Count)) { EndMark = endMark, Tokens = tokens, Score = score };
    }
}
