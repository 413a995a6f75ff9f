using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>Is the utterance over? How much silence it takes, by what is expected, by what was said so far and by how it sounded.</summary>
/// <remarks>
/// Measured on 936 turns: a plain 500 ms timer cuts three of four hesitating callers off, 1000 ms still every fifth;
/// waiting longer only after what sounds unfinished keeps finished requests fast. All times follow the last voiced sample; what of it was
/// silence already is taken off, see <see cref="DetectorLag"/>.
/// </remarks>
internal static class Endpointing
{
    /// <summary>Silence after which recognition starts, ahead of the decision. Waiting longer makes nobody wiser.</summary>
    private static readonly TimeSpan Speculation = TimeSpan.FromMilliseconds(200);

    /// <summary>The same where the decision comes early, and reading a number with its grammar takes 50 ms a digit.</summary>
    private static readonly TimeSpan NumberSpeculation = TimeSpan.FromMilliseconds(64);

    public static readonly TimeSpan Open = TimeSpan.FromMilliseconds(550);
    public static readonly TimeSpan NoFinalMark = TimeSpan.FromMilliseconds(1000);
    public static readonly TimeSpan Unfinished = TimeSpan.FromMilliseconds(1500);

    /// <summary>A yes, a no or one of the choices was heard: little can follow.</summary>
    public static readonly TimeSpan Answered = TimeSpan.FromMilliseconds(400);

    public static readonly TimeSpan DigitsComplete = TimeSpan.FromMilliseconds(300);
    public static readonly TimeSpan DigitsIncomplete = TimeSpan.FromMilliseconds(2500);

    /// <summary>Digits of unknown number, and spelling: people pause up to 1.2 s between groups.</summary>
    public static readonly TimeSpan Uncounted = TimeSpan.FromMilliseconds(1500);

    /// <summary>No pause is waited out longer, whatever is learned of a caller.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(3000);

    /// <summary>Up to here the voice sounds unfinished. The model keeps 97 % of whole requests above it.</summary>
    private const double SoundsFinished = 0.5;

    /// <summary>"yes please", "no thank you": more words besides the answer, and the caller is saying something else.</summary>
    private const int MoreWords = 2;

    private static readonly HashSet<string> DigitWords = new("zero oh one two three four five six seven eight nine".Split(' '), StringComparer.Ordinal);

    /// <summary>Silence after which recognition starts.</summary>
    public static TimeSpan SpeculationFor(Expectation expectation) =>
        expectation is Expectation.Digits(var min, var max) && min == max ? NumberSpeculation : Speculation;

    /// <summary>How long this pause has to be to end the utterance.</summary>
    /// <param name="stretch">What is added for this caller where a pause may be a breath: see <see cref="CallerPace"/>.</param>
    public static EndpointDecision Decide(Expectation expectation, string language, PauseEvidence evidence, TimeSpan stretch) => expectation switch
    {
        Expectation.Digits(var min, var max) when Digits(evidence.Transcript) is var count and > 0 =>
            count >= max ? new(DigitsComplete, EndpointRule.DigitsComplete)
            : min == max ? new(DigitsIncomplete, EndpointRule.DigitsIncomplete)
            : new(Uncounted, EndpointRule.Uncounted),
        Expectation.Characters => new(Uncounted, EndpointRule.Uncounted),
        Expectation.YesNo when evidence.Transcript.Expected is not null || SaysYesOrNo(evidence.Transcript.Text, language) => new(Answered + stretch, EndpointRule.Answered),
        Expectation.OneOf(var phrases) when evidence.Transcript.Expected is not null || IsOneOf(evidence.Transcript.Text, phrases) => new(Answered + stretch, EndpointRule.Answered),
        _ => OpenQuestion(SentenceEndings.For(language), evidence, stretch),
    };

    /// <summary>Whether the voice says anything here: pauses between digits and letters sound like ends, short answers like nothing.</summary>
    public static bool VoiceTells(Expectation expectation, TimeSpan speech) => expectation is Expectation.Free && speech >= TimeSpan.FromSeconds(1);

    private static EndpointDecision OpenQuestion(SentenceEndings? endings, PauseEvidence evidence, TimeSpan stretch)
    {
        var text = evidence.Transcript.Text;
        if (endings is not null && evidence.Transcript.EndMark is { } mark)
        {
            var wait = SentenceWeighing.Wait(text, mark, evidence.Finished, endings.Dangles(text)) + stretch;
            return new(wait < SentenceWeighing.Most ? wait : SentenceWeighing.Most, EndpointRule.Weighed);
        }
        if (endings is not null && endings.Dangles(text))
            return new(Unfinished, EndpointRule.DanglingWord);
        if (evidence.Finished <= SoundsFinished)
            return new(Unfinished, EndpointRule.UnfinishedVoice);
        return endings is not null && endings.LacksMark(text)
            ? new(NoFinalMark, EndpointRule.NoFinalMark)
            : new(Open + stretch, EndpointRule.Open);
    }

    /// <summary>Digits heard so far. A recogniser that knows what is expected counts better than its free text does.</summary>
    private static int Digits(Transcript transcript) => transcript.Expected is { } expected
        ? expected.Count(char.IsAsciiDigit)
        : transcript.Text.Count(char.IsAsciiDigit) + Utterance.Words(transcript.Text, spellNumbers: false).Count(DigitWords.Contains);

    private static bool SaysYesOrNo(string text, string language) =>
        LanguageWords.For(language) is { } words && new YesNoReader(words).Read(text) is { Answer: not YesNo.Neither, Rest.Count: <= MoreWords };

    private static bool IsOneOf(string text, IReadOnlyList<string> phrases)
    {
        var said = Utterance.Words(text);
        return said.Count > 0 && phrases.Any(phrase => Utterance.Words(phrase).SequenceEqual(said));
    }
}

/// <summary>What is known of a pause when it has to be judged.</summary>
/// <param name="Finished">The turn model's probability that the caller has finished; null = not asked, or no answer yet.</param>
internal readonly record struct PauseEvidence(Transcript Transcript, double? Finished = null);

/// <summary>The pause that ends the utterance, and the rule that set it.</summary>
internal readonly record struct EndpointDecision(TimeSpan Silence, EndpointRule Rule);

/// <summary>Why a pause was given its time; the names are what records show.</summary>
internal enum EndpointRule
{
    /// <summary>A finished sentence, or nothing that says otherwise.</summary>
    Open,

    /// <summary>Last word, final mark and voice, weighed against each other: see <see cref="SentenceWeighing"/>.</summary>
    Weighed,
    NoFinalMark,
    DanglingWord,
    UnfinishedVoice,
    Answered,
    DigitsComplete,
    DigitsIncomplete,
    Uncounted,
}
