using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Responses;

/// <content>From what was heard to a decision, and what is prepared for it while the caller is still silent.</content>
internal sealed partial class TurnHandler
{
    /// <summary>Under this the recogniser guessed: even a clear match is confirmed first.</summary>
    private const double GuessedWords = 0.35;

    /// <summary>Fewer words are a cough or a filler, and no advisor knows more about them.</summary>
    private const int FewWords = 2;

    /// <summary>How long an answer may be prepared after the caller is done; a caller notices a third of a second.</summary>
    public TimeSpan LongestUnderstanding => TimeSpan.FromMilliseconds(300) + _training.Advisor.Budget;

    /// <summary>Readings beyond the third are noise.</summary>
    private const int MaxAlternatives = 2;

    /// <summary>
    /// Prepares the answer to an utterance: the vectors of all that may be looked at. Reads where the conversation stands and changes
    /// nothing, so it may run beside the listening and for nothing.
    /// </summary>
    /// <param name="known">What was prepared before; only what is missing is made.</param>
    public async Task<UtteranceVectors> UnderstandAsync(string text, IReadOnlyList<Hypothesis> alternatives, UtteranceVectors known, CancellationToken cancellationToken)
    {
        await Learned.WaitAsync(cancellationToken);
        var vectors = _loaded.Router.HasMeaning ? await VectorsAsync(text, alternatives, known, cancellationToken) : known;
        // Asked only where the router knows nothing and no other question is open: what it says becomes "Did you want …?".
        var isRefused = _training.Advisor.Budget > TimeSpan.Zero && vectors is { Suggested: null, Answer: null } && Progress is { Asked: null, Filling: null }
            && _loaded.Router.Route(text, vectors.Find(text)) is IntentDecision.NoMatch && GlobalWords.Find(text, _flow.Language) == GlobalWord.None && Utterance.Words(text).Count >= FewWords;
        if (!isRefused)
            return vectors;
        // Side by side, so that both take the time of one.
        var answering = _flow.Knowledge is { } knowledge ? _training.Advisor.AnswerAsync(text, knowledge, _flow.Language, cancellationToken) : ValueTask.FromResult<string?>(null);
        return vectors.Suggesting(await _training.Advisor.SuggestAsync(text, _flow.Lessons, cancellationToken), await answering);
    }

    private async Task<UtteranceVectors> VectorsAsync(string text, IReadOnlyList<Hypothesis> alternatives, UtteranceVectors known, CancellationToken cancellationToken)
    {
        var made = new List<KeyValuePair<string, float[]?>>();
        foreach (var looked in Looked(text, alternatives).Distinct().Where(looked => !known.Has(looked)))
            made.Add(new(looked, await _training.VectorAsync(_loaded.Router, looked, cancellationToken)));
        return made.Count == 0 ? known : known.With(made);
    }

    private IEnumerable<string> Looked(string text, IReadOnlyList<Hypothesis> alternatives)
    {
        yield return text;
        // "No, billing": what is said besides the answer is looked at on its own.
        if (Progress.Asked is not null && _yesNo?.Read(text).Rest is { Count: > 0 } rest)
            yield return string.Join(' ', rest);
        foreach (var other in alternatives.Take(MaxAlternatives))
            yield return other.Text;
    }

    private IntentDecision Decide(CallerTurn.Heard heard) => Decide(
        [
            new Reading(heard.Text, heard.Confidence, heard.Vectors.Find(heard.Text)),
            .. heard.Alternatives.Take(MaxAlternatives).Select(other => new Reading(other.Text, other.Confidence, heard.Vectors.Find(other.Text))),
        ],
        heard.Confidence);

    /// <summary>For a part of what was said.</summary>
    private IntentDecision DecidePart(IReadOnlyList<string> words, CallerTurn.Heard heard)
    {
        var part = string.Join(' ', words);
        return Decide([new Reading(part, 1, heard.Vectors.Find(part))], heard.Confidence);
    }

    private IntentDecision Decide(IReadOnlyList<Reading> readings, double heardConfidence)
    {
        var decision = _loaded.Router.Route(readings);
        return decision is IntentDecision.Accept accept && heardConfidence < GuessedWords
            ? new IntentDecision.Confirm(accept.Intent, accept.Confidence)
            : decision;
    }
}
