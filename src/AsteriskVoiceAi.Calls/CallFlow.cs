using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Resumption;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Markup;
using AsteriskVoiceAi.Calls.Webhooks;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls;

/// <summary>
/// One call as a straight line:
/// 1 Arrival → 2 Greeting → 3 Recognition → 4 Intents → 5 Responses → 6 Synthesis → 7 Routing.
/// Arrival made the leg; steps 3 to 6 repeat turn by turn until a reply ends the call.
/// </summary>
internal sealed class CallFlow(
    IncomingCall call,
    Listener listener,
    PromptPlayer player,
    FlowCatalog flows,
    CallMemory memory,
    CallDiary diary,
    IWebhookClient webhooks,
    CallOptions options,
    TimeProvider time,
    ILogger log)
{
    /// <summary>A sentence takes three seconds, or four where it must be made first.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    /// <param name="cut">The service can't wait any longer.</param>
    public async Task<CallOutcome> RunAsync(CancellationToken cut)
    {
        try
        {
            return await ServeAsync(cut);
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            await SayWhyAsync();
            return Outcome(CallResult.Error, Reasons.Draining);
        }
    }

    private async Task SayWhyAsync()
    {
        // A text of the dialplan is its own: nothing of ours belongs behind half of it.
        if (call.Request is CallRequest.Say)
            return;
        var language = call.Request is CallRequest.RunFlow { Name: var name } && flows.Get(name) is { } flow ? flow.Flow.Language : CallLanguage;
        using var limit = new CancellationTokenSource(LongestFarewell, time);
        var asked = time.GetTimestamp();
        IReadOnlyList<Prompt> farewell = [StandardTexts.Apology(language, texts => texts.HandingOver)];
        diary.Said(farewell, player.Engine, asked, await player.PlayAsync(farewell, limit.Token), byKey: false, withdrawn: false);
    }

    private Task<CallOutcome> ServeAsync(CancellationToken cut) => call.Request switch
    {
        CallRequest.Say say => SayAsync(say, cut),
        CallRequest.Listen listen => ListenAsync(listen, cut),
        CallRequest.Ask ask => AskAsync(ask, cut),
        CallRequest.RunFlow flow => ConverseAsync(flow, cut),
        _ => throw new InvalidOperationException($"Unknown request {call.Request.GetType().Name}"),
    };

    private async Task<CallOutcome> ConverseAsync(CallRequest.RunFlow request, CancellationToken cut)
    {
        if (flows.Get(request.Name) is not { } flow)
        {
            log.UnknownFlow(request.Name, call.Channel, string.Join(", ", flows.Names));
            return Outcome(CallResult.Error, call.IsAdopted ? Reasons.ServiceRestarted : "unknown-flow");
        }
        // 2. Greeting, or where an earlier service left the call
        var variables = memory.Variables(request);
        var conversation = new TurnHandler(flow, variables, log, time);
        var reply = memory.Begin(conversation, flow.Flow);
        AnsweredUtterance? answered = null;
        while (true)
        {
            // 6. Synthesis, with the ear open: the caller may barge in, or go on with what they were saying
            var turn = listener.Begin(Terms(reply.Next, conversation, flow.Flow.Language) with { Answered = answered });
            memory.Keep(conversation, flow.Flow, variables);
            using var fetch = reply.Next is ReplyNext.Fetch wanted ? new ServerTalk(webhooks, wanted.Request, diary, time, cut) : null;
            var spoken = fetch is null
                ? await SpeakAsync(reply.Prompts, turn, answered?.Utterance, cut)
                : await BridgeAsync(fetch, reply.Prompts, conversation, turn, answered?.Utterance, cut);
            // 7. Routing
            if (spoken is PlaybackResult.HungUp)
                return Told(HungUp(), conversation);
            if (reply.Next is ReplyNext.End end && !await turn.TakenBack.WaitAsync(cut))
                return Told(Outcome(end.Result, end.Reason) with { Next = end.Next }, conversation);
            if (spoken is PlaybackResult.Failed failed)
                return Told(SynthesisFailed(failed), conversation);
            if (fetch is not null && !turn.IsContinued)
            {
                reply = conversation.Handle(new CallerTurn.Answered(await fetch.Answer));
                answered = spoken.FirstAudio is null ? answered : null;
                continue;
            }
            // 3. Recognition
            var heard = await turn.Result.WaitAsync(cut);
            if (turn.IsContinued)
                conversation.TakeBack();
            if (await UnservedAsync(heard, flow.Flow.Language) is { } outcome)
                return Told(outcome, conversation);
            answered = heard is ListenResult.Heard(var utterance) ? new(utterance, turn.Terms with { Answered = null }) : null;
            // 4. Intents and 5. Responses
            var asked = time.GetTimestamp();
            reply = conversation.Handle(await TurnAsync(heard, conversation, cut));
            if (reply.Decision is { } decision)
                diary.Understood(decision, time.GetElapsedTime(asked));
            diary.Filled(conversation.FilledSlots);
        }
    }

    private async Task<CallOutcome> SayAsync(CallRequest.Say say, CancellationToken cut)
    {
        var turn = listener.Begin(new ListeningTerms(Expectation.Anything, Timeout.InfiniteTimeSpan, options.MaxUtterance, _ => true, VoiceInterrupts: false) { Language = CallLanguage, Keys = say.InterruptKeys });
        var spoken = await SpeakAsync([DialplanPrompt(say.Text, say.Speed)], turn, null, cut);
        return spoken switch
        {
            PlaybackResult.HungUp => HungUp(),
            PlaybackResult.Failed failed => SynthesisFailed(failed),
            PlaybackResult.BargedIn when cut.IsCancellationRequested => throw new OperationCanceledException(cut),
            _ => Outcome(CallResult.Done, "") with { Digits = turn.Keys },
        };
    }

    private async Task<CallOutcome> ListenAsync(CallRequest.Listen listen, CancellationToken cut)
    {
        if (listen.Beep)
            await player.BeepAsync();
        var turn = listener.Begin(Terms(listen.Wait ?? options.NoInputAfter) with { Expectation = listen.Expectation, KeysComplete = _ => true, Keys = listen.EndKeys, EndKeys = listen.EndKeys });
        turn.PromptEnded();
        return await OneAnswerAsync(turn, cut);
    }

    private async Task<CallOutcome> AskAsync(CallRequest.Ask ask, CancellationToken cut)
    {
        var most = ask.Expectation is Expectation.Digits digits ? digits.Max : int.MaxValue;
        var turn = listener.Begin(Terms(options.NoInputAfter) with { Expectation = ask.Expectation, KeysComplete = keys => keys.Length >= most });
        return await SpeakAsync([DialplanPrompt(ask.Prompt)], turn, null, cut) is PlaybackResult.Failed failed
            ? SynthesisFailed(failed)
            : await OneAnswerAsync(turn, cut);
    }

    private async Task<CallOutcome> OneAnswerAsync(ListeningTurn turn, CancellationToken cut)
    {
        var heard = await turn.Result.WaitAsync(cut);
        if (await UnservedAsync(heard, CallLanguage) is { } outcome)
            return outcome;
        return heard switch
        {
            ListenResult.Heard(var utterance) => Answered(turn.Terms.Expectation, utterance.Transcript.Expected) with { Text = utterance.Transcript.Text, Confidence = utterance.Transcript.Confidence },
            ListenResult.Digits(var pressed) => Answered(turn.Terms.Expectation is Expectation.Digits digits ? digits : Expectation.Anything, pressed) with { Digits = pressed },
            _ => Outcome(CallResult.NoInput, "silence"),
        };
    }

    /// <param name="value">What was heard of what was expected; the beginning of a number is not yet one.</param>
    private CallOutcome Answered(Expectation expectation, string? value)
    {
        if (expectation is Expectation.Free)
            return Outcome(CallResult.Done, "");
        var isAnswer = expectation switch
        {
            Expectation.Digits(var least, var most) => value?.Length >= least && value.Length <= most,
            Expectation.Characters(var least, var most) => value?.Length >= least && value.Length <= most,
            _ => value is not null,
        };
        // The slot is set in any case: the dialplan must not read the answer to an earlier question.
        var slots = new Dictionary<string, string> { ["answer"] = isAnswer ? value! : "" };
        return (isAnswer ? Outcome(CallResult.Done, "") : Outcome(CallResult.NoMatch, "not-expected")) with { Slots = slots };
    }

    private async Task<PlaybackResult> SpeakAsync(IReadOnlyList<Prompt> prompts, ListeningTurn turn, CallerUtterance? answered, CancellationToken cut)
    {
        var asked = time.GetTimestamp();
        PlaybackResult result = new PlaybackResult.Completed(TimeSpan.Zero, null);
        if (prompts.Count == 0)
            turn.PromptBegins();
        for (var at = 0; at < prompts.Count && result is PlaybackResult.Completed;)
        {
            var part = prompts.Skip(at).TakeWhile(prompt => prompt.MustBeHeard == prompts[at].MustBeHeard).ToList();
            turn.PromptMustBeHeard(prompts[at].MustBeHeard);
            result = result.Then(await PlayAsync(part, turn, moreFollows: at + part.Count < prompts.Count, cut));
            at += part.Count;
        }
        turn.PromptEnded();
        if (prompts.Count > 0)
            diary.Said(prompts, player.Engine, asked, result, byKey: turn.Keys.Length > 0, withdrawn: turn.IsContinued);
        if (answered is not null && result.FirstAudio is { } first && !turn.IsContinued)
            diary.Replied(answered.EndTimestamp, first);
        return result;
    }

    /// <summary>Until a server has answered: what the flow says first, and a word now and then where it takes long. A caller who goes on takes it back.</summary>
    private async Task<PlaybackResult> BridgeAsync(ServerTalk fetch, IReadOnlyList<Prompt> prompts, TurnHandler conversation, ListeningTurn turn, CallerUtterance? answered, CancellationToken cut)
    {
        PlaybackResult result = new PlaybackResult.Completed(TimeSpan.Zero, null);
        if (prompts.Count > 0)
            result = await SpeakAsync(prompts, turn, answered, cut);
        while (result is PlaybackResult.Completed && await fetch.IsSlowAsync(turn, cut))
            result = result.Then(await SpeakAsync(conversation.OneMoment(), turn, result.FirstAudio is null ? answered : null, cut));
        return result is PlaybackResult.Completed && turn.HasHungUp ? new PlaybackResult.HungUp(result.Played, result.FirstAudio) : result;
    }

    /// <summary>Plays to the end, or until something stops it that is worth an answer.</summary>
    private async Task<PlaybackResult> PlayAsync(IReadOnlyList<Prompt> prompts, ListeningTurn turn, bool moreFollows, CancellationToken cut)
    {
        PlaybackResult result = new PlaybackResult.Completed(TimeSpan.Zero, null);
        for (var from = 0; ;)
        {
            var stop = turn.PromptStop;
            using var stopOrCut = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, cut);
            result = result.Then(await player.PlayAsync(prompts, stopOrCut.Token, turn.PromptBegins, from, moreFollows));
            if (result is not PlaybackResult.BargedIn stopped || cut.IsCancellationRequested)
                return result;
            if (!await stop.WasFalse.WaitAsync(cut))
                return turn.Result.IsCompleted && await turn.Result is ListenResult.HungUp ? new PlaybackResult.HungUp(result.Played, result.FirstAudio) : result;
            from = stopped.Sentence;
        }
    }

    /// <summary>Writes down what was heard; an outcome when there is nothing to answer any more.</summary>
    private async Task<CallOutcome?> UnservedAsync(ListenResult heard, string language)
    {
        switch (heard)
        {
            case ListenResult.HungUp:
                return HungUp();
            case ListenResult.Failed(var message):
                log.RecognitionFailed(call.Channel, message);
                await player.PlayAsync([StandardTexts.Apology(language, texts => texts.CannotHear)], CancellationToken.None);
                return Outcome(CallResult.Error, "recognition-failed");
            case ListenResult.Heard(var utterance):
                diary.Heard(utterance);
                return null;
            case ListenResult.Digits(var pressed):
                diary.Pressed(pressed);
                return null;
            default:
                diary.HeardNothing();
                return null;
        }
    }

    private ListeningTerms Terms(TimeSpan noInputAfter) =>
        new(Expectation.Anything, noInputAfter, options.MaxUtterance, _ => false) { Language = CallLanguage };

    private ListeningTerms Terms(ReplyNext next, TurnHandler conversation, string language) => next is ReplyNext.Listen listen
        ? new(listen.Expectation, listen.NoInputAfter ?? options.NoInputAfter, options.MaxUtterance, keys => !conversation.MoreKeysMayFollow(keys), listen.BargeIn)
        {
            Language = language,
            IgnoresBackchannels = listen.IgnoresBackchannels,
            Understand = (heard, hungUp) => conversation.UnderstandAsync(heard.Text, heard.Alternatives, UtteranceVectors.None, hungUp),
        }
        : Terms(Timeout.InfiniteTimeSpan) with { Language = language, VoiceInterrupts = false, Keys = "" };

    private async Task<CallerTurn> TurnAsync(ListenResult heard, TurnHandler conversation, CancellationToken cut) => heard switch
    {
        ListenResult.Heard(var utterance) => new CallerTurn.Heard(utterance.Transcript.Text, utterance.Transcript.Confidence)
        {
            Alternatives = utterance.Transcript.Alternatives,
            Expected = utterance.Transcript.Expected,
            Vectors = await UnderstandAsync(utterance, conversation, cut),
        },
        ListenResult.Digits(var pressed) => new CallerTurn.Keys(pressed),
        ListenResult.NoInput => new CallerTurn.NoInput(),
        _ => throw new InvalidOperationException($"Unknown listen result {heard.GetType().Name}"),
    };

    /// <summary>Mostly it was prepared while the caller was silent. An encoder with a long line is not waited for: then the words decide.</summary>
    private async Task<UtteranceVectors> UnderstandAsync(CallerUtterance utterance, TurnHandler conversation, CancellationToken cut)
    {
        await conversation.Learned.WaitAsync(cut);
        try
        {
            var prepared = utterance.Understanding is { } preparing ? await preparing.WaitAsync(conversation.LongestUnderstanding, time, cut) : UtteranceVectors.None;
            // Something is missing only where the question has changed since.
            return await conversation.UnderstandAsync(utterance.Transcript.Text, utterance.Transcript.Alternatives, prepared, cut).WaitAsync(conversation.LongestUnderstanding, time, cut);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException && !cut.IsCancellationRequested)
        {
            log.UnderstoodByWords(call.Channel, conversation.LongestUnderstanding.TotalMilliseconds);
            return UtteranceVectors.None;
        }
    }

    /// <summary>A text that the dialplan wants to be said: markup where it begins as such, and said all the same when that is broken.</summary>
    private Prompt DialplanPrompt(string text, double speed = 1)
    {
        if (SpeechMarkup.Is(text) && SpeechMarkup.Problem(text) is var (found, expected))
            log.BrokenMarkup(call.Entry, call.Channel, found, expected);
        return new Prompt(text, CallLanguage, speed);
    }

    private string CallLanguage => call.Language.Length > 0 ? call.Language : options.Language;

    private CallOutcome Outcome(CallResult result, string reason) => new(call.Id, result, reason, NextStep.InDialplan);

    private CallOutcome HungUp() => Outcome(CallResult.HangUp, Reasons.CallerHungUp);

    private CallOutcome SynthesisFailed(PlaybackResult.Failed failed)
    {
        log.SynthesisFailed(call.Channel, failed.Message);
        return Outcome(CallResult.Error, "synthesis-failed");
    }

    private static CallOutcome Told(CallOutcome outcome, TurnHandler conversation) => outcome with
    {
        Intent = conversation.State.Intent,
        Confidence = conversation.State.Confidence,
        Text = conversation.State.Text,
        Digits = conversation.State.Digits,
        Slots = conversation.FilledSlots,
    };
}
