using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Slots;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Webhooks;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>
/// One conversation in words: what the caller did goes in, what to say and do comes out. No sound, no clock, no outside system,
/// so text-only fronts use it too. Not thread-safe; one per call. Never throws, whatever callers say.
/// </summary>
internal sealed partial class TurnHandler
{
    /// <summary>Nobody gets served after so many turns; a person, or the dialplan, should have the call. Also ends calls between two machines.</summary>
    public const int MaxTurns = 20;

    /// <summary>From here on the caller said what an example says.</summary>
    private const double ExactWords = 0.95;

    private readonly Flow _flow;
    private readonly LoadedFlow _loaded;
    private readonly IntentTraining _training;
    private readonly FlowValues _values;
    private readonly FlowVoice _voice;
    private readonly YesNoReader? _yesNo;
    private readonly SlotDialogue _slots;
    private readonly ILogger _logger;

    /// <param name="time">Tells which day "tomorrow" is; null = the system's.</param>
    public TurnHandler(LoadedFlow flow, IReadOnlyDictionary<string, string> variables, ILogger logger, TimeProvider? time = null)
    {
        _flow = flow.Flow;
        (_loaded, _training) = (flow, flow.Training);
        _logger = logger;
        _values = new FlowValues(_flow, variables, () => State, logger);
        _voice = new FlowVoice(_flow, _values);
        _yesNo = LanguageWords.For(_flow.Language) is { } words ? new YesNoReader(words) : null;
        _slots = new SlotDialogue(_voice, new SlotHearing(_flow, time ?? TimeProvider.System), _yesNo);
    }

    /// <summary>Ends when utterances can be understood; <see cref="Handle"/> would block a caller's words until then.</summary>
    public Task Learned => _loaded.Learned;

    /// <summary>Where the conversation stands. Set, it goes on from there, as if what came after had not been said.</summary>
    public ConversationProgress Progress { get; set; } = new();

    public ConversationState State => Progress.State;

    /// <summary>Where the conversation was before the last turn.</summary>
    private ConversationProgress _before = new();

    /// <summary>Whether more keys could follow: as long as they could, the reader of keys waits a moment for the next.</summary>
    public bool MoreKeysMayFollow(string pressed) => Filling is var (filling, _, slot)
        ? (filling.Pending is null || pressed is not ("1" or "2")) && SlotHearing.MoreKeysMayFollow(slot, pressed)
        : _flow.Intents.Any(intent => intent.Keys.Length > pressed.Length && intent.Keys.StartsWith(pressed, StringComparison.Ordinal));

    /// <summary>Answers a turn. After the end every turn gets the same end, without words.</summary>
    public Reply Handle(CallerTurn turn)
    {
        // What a server answers belongs to the caller's turn that it was asked for.
        if (turn is not CallerTurn.Answered)
            _before = Progress;
        if (Progress.Last is { Next: ReplyNext.End } over)
            return over with { Prompts = [], Decision = null };
        if (turn is not (CallerTurn.Start or CallerTurn.Answered))
            Progress = Progress with { Turns = Progress.Turns + 1 };
        var reply = turn is CallerTurn.Answered(var answer) ? Answered(answer) : Progress.Turns > MaxTurns ? TooManyTurns() : Answer(turn);
        Progress = Progress with { Last = reply };
        return reply;
    }

    /// <summary>Undoes the last turn: the caller had not finished. What it asked for outside of the conversation stays done.</summary>
    public void TakeBack() => Progress = _before;

    /// <summary>"One moment, please.": said while a server takes its time.</summary>
    public IReadOnlyList<Prompt> OneMoment() => [.. _voice.OneMoment()];

    private Reply Answer(CallerTurn turn)
    {
        switch (turn)
        {
            case CallerTurn.Start:
                return Greet();
            case CallerTurn.NoInput:
                return NoInput();
            case CallerTurn.Keys keys:
                Progress = Progress with { State = State with { Digits = keys.Pressed }, NoInputs = 0 };
                return Filling is var (keyed, intent, slot) ? AnswerSlot(keyed, intent, slot, keys) : Keys(keys.Pressed);
            case CallerTurn.Heard heard:
                Progress = Progress with { State = State with { Text = heard.Text } };
                // Sound without words is a cough or the street, not an utterance.
                if (Utterance.Words(heard.Text).Count == 0)
                    return NoInput();
                Progress = Progress with { NoInputs = 0 };
                return Filling is var (filling, wanted, asked) ? AnswerSlot(filling, wanted, asked, heard) : Heard(heard);
            default:
                throw new ArgumentOutOfRangeException(nameof(turn), turn, "not a turn");
        }
    }

    private Reply Greet()
    {
        Progress = Progress with { NoInputs = 0, NoMatches = 0, Asked = null, Refused = null, AskedForMore = false, Filling = null };
        return Ask(_voice.Say(_flow.Greeting));
    }

    private Reply Keys(string pressed)
    {
        if (_flow.Intents.FirstOrDefault(intent => intent.Keys.Length > 0 && intent.Keys == pressed) is not { } intent)
            return NoMatch();
        Progress = Progress with { State = State with { Intent = intent.Name, Confidence = 1 } };
        return RunForCaller(intent, null);
    }

    private Reply Heard(CallerTurn.Heard heard)
    {
        var refused = Progress.Refused;
        Progress = Progress with { Refused = null };
        if (Progress.Asked is { } asked && _yesNo is not null)
            return AfterQuestion(asked, _yesNo.Read(heard.Text), heard);
        return Act(Decide(heard), heard, refused);
    }

    /// <summary>"Did you want …?" may be answered by yes, by no, or by the next thing that comes to mind.</summary>
    private Reply AfterQuestion(OpenQuestion asked, YesNoReading reading, CallerTurn.Heard heard)
    {
        var decision = Decide(heard);
        if (decision is not IntentDecision.Accept && IsRepeat(heard))
            return Progress.Last! with { Decision = decision };
        Progress = Progress with { Asked = null };
        if (asked.Or is { } or)
            return AfterChoice(asked, or, reading.Answer, decision, heard);
        var rest = reading.Rest.Count > 0 ? DecidePart(reading.Rest, heard) : new IntentDecision.NoMatch(0, null);
        switch (reading.Answer)
        {
            case YesNo.Yes when rest is IntentDecision.Accept other && other.Intent != asked.Intent:
                return Act(rest, heard, asked.Intent);
            case YesNo.Yes:
                return Confirmed(asked, heard);
            case YesNo.No when rest is IntentDecision.Accept other && other.Intent != asked.Intent:
                return Act(rest, heard, asked.Intent);
            case YesNo.No when reading.Rest.Count > 0 && decision is IntentDecision.Accept other && other.Intent != asked.Intent:
                return Act(decision, heard, asked.Intent);
            case YesNo.No:
                Progress = Progress with { Refused = asked.Intent };
                return NoMatch() with { Decision = rest is IntentDecision.NoMatch ? null : rest };
            default:
                // The same guess from other words is as good as a yes.
                return decision is IntentDecision.Confirm again && again.Intent == asked.Intent
                    ? Confirmed(asked, heard) with { Decision = decision }
                    : Act(decision, heard, refused: null);
        }
    }

    private Reply Act(IntentDecision decision, CallerTurn.Heard heard, string? refused)
    {
        var reply = (decision, GlobalWords.Find(heard.Text, _flow.Language)) switch
        {
            // "Anything else?" – "No, thank you." is an answer, unless the flow has those very words for something.
            ({ Confidence: < ExactWords }, GlobalWord.None) when Progress.AskedForMore && AnythingElse(heard, maxRest: 0) is { } answer => answer,
            // "Option two", "the second one", after a prompt that lists them.
            ({ Confidence: < ExactWords }, _) when SpokenKey(heard.Text) is { } keyed => Keys(keyed.Keys),
            // The flow's own intents win where the router is sure.
            (IntentDecision.Accept accept, _) => Accept(accept, heard),
            (_, GlobalWord.Repeat) when IsRepeat(heard) => Progress.Last!,
            (_, GlobalWord.StartOver) => Greet(),
            (_, GlobalWord.Goodbye) => Goodbye(),
            (_, GlobalWord.Operator) when _flow.Intent(_flow.Operator) is { } person => Accept(new IntentDecision.Accept(person.Name, decision.Confidence), heard),
            _ when Progress.AskedForMore && AnythingElse(heard, maxRest: 2) is { } more => more,
            (IntentDecision.Confirm confirm, _) when confirm.Intent != refused => Confirm(confirm.Or == refused ? confirm with { Or = null } : confirm, heard),
            // An advisor's opinion is never acted on, only asked about.
            _ when heard.Vectors.Suggested is { } suggested && suggested != refused && _flow.Intent(suggested) is not null => Confirm(new IntentDecision.Confirm(suggested, decision.Confidence), heard),
            // Words to say and nothing else; what follows is the caller's.
            _ when heard.Vectors.Answer is { } answer && HostileText.Spoken(answer) is { Length: > 0 } words => Tell(words),
            _ => NoMatch(),
        };
        return reply with { Decision = decision };
    }

    private Reply Tell(string words)
    {
        Progress = Progress with { AskedForMore = true };
        return Ask([.. _voice.Quote(words), .. _voice.AnythingElse()]);
    }

    private FlowIntent? SpokenKey(string text) =>
        LanguageTag.Primary(_flow.Language) == "en" && SlotReader.Read(new SlotQuestion(SlotType.Ordinal, default), text) is { Value: var place } && _flow.Intents.FirstOrDefault(intent => intent.Keys == place) is { } keyed
            ? keyed
            : null;

    private Reply Accept(IntentDecision.Accept accept, CallerTurn.Heard? heard)
    {
        Progress = Progress with { State = State with { Intent = accept.Intent, Confidence = accept.Confidence } };
        return RunForCaller(_flow.Intent(accept.Intent)!, heard);
    }

    /// <summary>What was said before the question may hold slots already.</summary>
    private Reply Confirmed(OpenQuestion question, CallerTurn.Heard heard) =>
        Accept(new IntentDecision.Accept(question.Intent, question.Confidence), question.Said is null ? null : new CallerTurn.Heard(question.Said, heard.Confidence));

    private bool IsRepeat(CallerTurn.Heard heard) =>
        GlobalWords.Find(heard.Text, _flow.Language) == GlobalWord.Repeat && Progress.Last is { Next: ReplyNext.Listen };


    /// <summary>Yes or no to "anything else?"; null when it is neither.</summary>
    private Reply? AnythingElse(CallerTurn.Heard heard, int maxRest) => _yesNo?.Read(heard.Text) switch
    {
        { Answer: YesNo.No } reading when reading.Rest.Count <= maxRest => Goodbye(),
        { Answer: YesNo.Yes } reading when reading.Rest.Count <= maxRest => Ask(_voice.GoAhead()),
        _ => null,
    };

    private Reply Goodbye() =>
        _flow.Intent("goodbye") is { } goodbye
            ? RunForCaller(goodbye, null)
            : new Reply([.. _voice.Goodbye()], new ReplyNext.End(CallResult.Done, Reasons.CallerFinished, new NextStep.HangUp()));

    private Reply NoInput()
    {
        if (Filling is var (filling, wanted, _))
            return SilentAtSlot(filling, wanted);
        if (Progress.NoInputs >= _flow.NoInput.Prompts.Count)
            return Follow(_flow.NoInput.Then, CallResult.NoInput, Reasons.Silence);
        var prompt = _flow.NoInput.Prompts[Progress.NoInputs];
        Progress = Progress with { NoInputs = Progress.NoInputs + 1 };
        // Silence after a question: the question again, since the prompt would ask another one.
        return Progress.Asked is { } asked ? Question(asked) : Ask(_voice.Say(prompt));
    }

    private Reply NoMatch()
    {
        Progress = Progress with { Asked = null };
        if (Progress.NoMatches >= _flow.NoMatch.Prompts.Count)
            return Follow(_flow.NoMatch.Then, CallResult.NoMatch, Reasons.LowConfidence);
        var prompt = _flow.NoMatch.Prompts[Progress.NoMatches];
        Progress = Progress with { NoMatches = Progress.NoMatches + 1 };
        return Ask(_voice.Say(prompt));
    }

    private Reply TooManyTurns()
    {
        ResponsesLog.TooManyTurns(_logger, _flow.Name, MaxTurns);
        FlowTarget person = _flow.Operator.Length > 0 ? new FlowTarget.ToIntent(_flow.Operator) : new FlowTarget.Dialplan();
        return Follow(person, CallResult.Escalate, Reasons.TooManyTurns);
    }

    private Reply Ask(IEnumerable<Prompt> prompts, Expectation? expectation = null) =>
        new([.. prompts], new ReplyNext.Listen(expectation ?? Expectation.Anything, _flow.BargeIn, _flow.NoInput.After) { IgnoresBackchannels = _flow.IgnoresBackchannels });
}
