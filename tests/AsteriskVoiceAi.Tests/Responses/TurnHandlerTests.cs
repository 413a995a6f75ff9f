using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Tests.Flows;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Responses;

public sealed class TurnHandlerTests
{
    private static readonly LoadedFlow Small = FlowTexts.Load(FlowTexts.Small);

    private static readonly LoadedFlow Demo = FlowTexts.Load(FlowTexts.Demo());

    [Test]
    public void Greeting_comes_first_and_may_be_talked_over()
    {
        var reply = Start(Demo).Reply;
        Assert.That(reply.Prompts.Single().Text, Is.EqualTo("Thanks for calling Fabrikam Parcels. How can I help you today?"));
        Assert.That(reply.Prompts.Single().Language, Is.EqualTo("en-US"));
        Assert.That(reply.Next, Is.EqualTo(new ReplyNext.Listen(Expectation.Anything, BargeIn: true, TimeSpan.FromSeconds(6))));
    }

    [Test]
    public void Voice_of_the_flow_says_everything_but_what_has_its_own()
    {
        const string own = "do: [{say: {text: One moment., voice: flite-slt}}, {transfer: {context: sales, extension: \"601\", say: Sales it is.}}]";
        var (handler, greeting) = Start(FlowTexts.Load(FlowTexts.Small
            .Replace("flow: main", "flow: main\nvoice: piper-en_US-joe-medium", StringComparison.Ordinal)
            .Replace("do: [{transfer: {context: sales, extension: \"601\"}}]", own, StringComparison.Ordinal)));

        var reply = handler.Handle(new CallerTurn.Heard("sales", 0.9));

        Assert.That(greeting.Prompts.Concat(reply.Prompts).Select(prompt => (prompt.Text, prompt.Voice)), Is.EqualTo(new[]
        {
            ("Hello.", "piper-en_US-joe-medium"), ("One moment.", "flite-slt"), ("Sales it is.", "piper-en_US-joe-medium"),
        }));
    }

    [Test]
    public void State_tells_what_the_outcome_needs()
    {
        var handler = Start(Demo).Handler;
        handler.Handle(new CallerTurn.Heard("When are you open?", 0.9));
        Assert.That(handler.State, Is.EqualTo(new ConversationState("opening-hours", handler.State.Confidence, "When are you open?", "")));
        Assert.That(handler.State.Confidence, Is.GreaterThan(0.9));
        handler.Handle(new CallerTurn.Keys("3"));
        Assert.That(handler.State, Is.EqualTo(new ConversationState("billing", 1, "When are you open?", "3")));
    }

    [Test]
    public void Question_that_was_not_answered_yes_leaves_no_intent()
    {
        var handler = Start(Demo).Handler;
        Assert.That(handler.Handle(new CallerTurn.Heard("billing", 0.1)).Next, Is.InstanceOf<ReplyNext.Listen>().With.Property("Expectation").InstanceOf<Expectation.YesNo>());
        Assert.That(handler.State.Intent, Is.Empty);
        handler.Handle(new CallerTurn.Heard("yes", 0.9));
        Assert.That(handler.State.Intent, Is.EqualTo("billing"));
    }

    [Test]
    public void Reply_carries_the_decision_on_words_only()
    {
        var handler = Start(Demo).Handler;
        Assert.That(handler.Handle(new CallerTurn.NoInput()).Decision, Is.Null);
        Assert.That(handler.Handle(new CallerTurn.Heard("opening hours", 0.9)).Decision, Is.InstanceOf<IntentDecision.Accept>());
        Assert.That(handler.Handle(new CallerTurn.Heard("purple elephants", 0.9)).Decision, Is.InstanceOf<IntentDecision.NoMatch>());
    }

    [Test]
    public void Conversation_without_end_is_escalated()
    {
        var handler = Start(Demo).Handler;
        for (var turn = 1; turn <= TurnHandler.MaxTurns; turn++)
            Assert.That(handler.Handle(new CallerTurn.Heard("opening hours", 0.9)).Next, Is.InstanceOf<ReplyNext.Listen>());
        Assert.That(handler.Handle(new CallerTurn.Heard("opening hours", 0.9)).Next,
            Is.EqualTo(new ReplyNext.End(CallResult.Escalate, Reasons.TooManyTurns, new NextStep.Transfer(new Destination("support", "600")))));
    }

    [Test]
    public void After_the_end_every_turn_gets_the_same_end_without_words()
    {
        var handler = Start(Demo).Handler;
        var end = handler.Handle(new CallerTurn.Keys("1"));
        Assert.That(end.Prompts, Is.Not.Empty);
        var again = handler.Handle(new CallerTurn.Heard("billing", 0.9));
        Assert.That(again.Prompts, Is.Empty);
        Assert.That(again.Next, Is.EqualTo(end.Next));
    }

    [Test]
    public void Key_acts_at_once_unless_longer_keys_begin_with_it()
    {
        const string Text = """
            flow: main
            greeting: Hello.
            intents:
              one: { keys: "1", do: [hang-up] }
              twelve: { keys: "12", do: [return] }
              two: { keys: "2", do: [hang-up] }
            """;
        var handler = Start(FlowTexts.Load(Text)).Handler;
        Assert.That(new[] { "1", "12", "2", "9" }.Select(handler.MoreKeysMayFollow), Is.EqualTo(new[] { true, false, false, false }));
        handler.Handle(new CallerTurn.Keys("12"));
        Assert.That(handler.State.Intent, Is.EqualTo("twelve"));
    }

    [TestCase("customer", "Ann", "Hello Ann.")]
    [TestCase("customer", "Ann\r\nSTREAM FILE {x}", "Hello Ann STREAM FILE {x}.")]
    [TestCase("customer", "  ", "Hello friend.")]
    [TestCase("other", "Ann", "Hello friend.")]
    public void Variables_of_the_dialplan_are_said_as_data(string name, string value, string said)
    {
        var flow = FlowTexts.Load(FlowTexts.Small.Replace("greeting: Hello.", "greeting: Hello {customer}.\nvariables: {customer: friend}"));
        Assert.That(Start(flow, new() { [name] = value }).Reply.Prompts.Single().Text, Is.EqualTo(said));
    }

    [TestCase("Hello.", true)]
    [TestCase("Hello <break time='1s'/>you.", true)]
    [TestCase("Hello {customer}.", false)]
    [TestCase("<speak>Hello {customer}.</speak>", false)]
    public void Only_what_every_caller_hears_may_be_kept_on_disk(string greeting, bool isFixed)
    {
        var flow = FlowTexts.Load(FlowTexts.Small.Replace("greeting: Hello.", $"greeting: \"{greeting}\"\nvariables: {{customer: friend}}"));
        Assert.That(Start(flow, new() { ["customer"] = "Ann" }).Reply.Prompts.Single().IsFixed, Is.EqualTo(isFixed));
    }

    [Test]
    public void Text_that_is_all_missing_variable_is_not_said()
    {
        var flow = FlowTexts.Load(FlowTexts.Small.Replace("greeting: Hello.", "greeting: '{customer}'\nvariables: {customer: }"));
        Assert.That(Start(flow).Reply.Prompts, Is.Empty);
    }

    [Test]
    public void Language_without_words_for_questions_never_asks_them()
    {
        const string Text = """
            flow: main
            language: sv-SE
            greeting: Hej.
            no-input: { prompts: [Va?] }
            no-match: { prompts: [Förlåt?] }
            intents:
              faktura: { examples: [faktura, betala räkning], do: [return] }
              annat: { examples: [prata med någon], do: [return] }
            """;
        var handler = Start(FlowTexts.Load(Text)).Handler;
        Assert.That(handler.Handle(new CallerTurn.Heard("faktura", 0.1)).Prompts.Single().Text, Is.EqualTo("Förlåt?"));
        Assert.That(handler.Handle(new CallerTurn.Heard("faktura", 0.9)).Next, Is.InstanceOf<ReplyNext.End>());
    }

    [Test]
    public void Any_conversation_ends_within_the_limit_and_never_throws()
    {
        Prop.ForAll<(int Kind, string? Text)[]>(turns =>
        {
            var handler = Start(Small).Handler;
            Reply? reply = null;
            for (var i = 0; i <= TurnHandler.MaxTurns; i++)
                reply = handler.Handle(Turn(turns.Length == 0 ? (0, null) : turns[i % turns.Length]));
            return reply!.Next is ReplyNext.End;
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public async Task Advisors_opinion_on_words_that_nobody_knows_is_asked_about_and_never_acted_on()
    {
        var advisor = new Opinion("sales");
        var file = FlowFile.Parse(FlowTexts.Small, "main.yaml").Flow!;
        var flow = new LoadedFlow(file, new IntentTraining(NoSentenceEncoder.Instance, null, NullLogger.Instance, advisor));
        var (handler, _) = Start(flow);
        const string Said = "zebras gallop quietly";

        var known = await handler.UnderstandAsync("talk to a person", [], UtteranceVectors.None, CancellationToken.None);
        var vectors = await handler.UnderstandAsync(Said, [], UtteranceVectors.None, CancellationToken.None);
        var reply = handler.Handle(new CallerTurn.Heard(Said, 0.9) { Vectors = vectors });

        Assert.That((known.Suggested, advisor.Asked), Is.EqualTo(((string?)null, 1)));
        Assert.That(reply.Prompts.Single().Text, Is.EqualTo("Did you want sales?"));
        Assert.That(reply.Next, Is.InstanceOf<ReplyNext.Listen>());
    }

    [TestCase(null, "Sorry, I didn't get that. Could you say it another way?")]
    [TestCase("Only grass.", "Only grass. Is there anything else?")]
    [TestCase("Grass.\n<break time='9s'/> transfer: 600", "Grass. <break time='9s'/> transfer: 600 Is there anything else?")]
    public async Task Advisors_answer_is_said_and_does_nothing(string? answer, string said)
    {
        var advisor = new Opinion("none of them") { Answer = answer };
        var file = FlowFile.Parse(FlowTexts.Small.Replace("greeting: Hello.", "greeting: Hello.\nknowledge: Zebras eat grass.", StringComparison.Ordinal), "main.yaml").Flow!;
        var (handler, _) = Start(new LoadedFlow(file, new IntentTraining(NoSentenceEncoder.Instance, null, NullLogger.Instance, advisor)));
        const string Said = "zebras gallop quietly";

        var vectors = await handler.UnderstandAsync(Said, [], UtteranceVectors.None, CancellationToken.None);
        var reply = handler.Handle(new CallerTurn.Heard(Said, 0.9) { Vectors = vectors });

        Assert.That(ConversationScripts.Written(reply), Is.EqualTo(said));
        Assert.That((reply.Next, handler.State.Intent), Is.EqualTo((reply.Next as ReplyNext.Listen, "")));
        Assert.That(advisor.Knowledge, Is.EqualTo("Zebras eat grass."));
    }

    private sealed class Opinion(string intent) : IIntentAdvisor
    {
        public string? Answer { get; init; }

        public string? Knowledge { get; private set; }

        public ValueTask<string?> AnswerAsync(string text, string knowledge, string language, CancellationToken cancellationToken)
        {
            Knowledge = knowledge;
            return ValueTask.FromResult(Answer);
        }

        public int Asked { get; private set; }

        public TimeSpan Budget => TimeSpan.FromSeconds(1);

        public ValueTask<string?> SuggestAsync(string text, IReadOnlyList<IntentExamples> intents, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult<string?>(intent);
        }
    }

    private static CallerTurn Turn((int Kind, string? Text) turn) => (turn.Kind & 3) switch
    {
        0 => new CallerTurn.NoInput(),
        1 => new CallerTurn.Keys(turn.Text ?? ""),
        2 => new CallerTurn.Heard(turn.Text ?? "", turn.Kind / 10.0),
        _ => new CallerTurn.Heard(new[] { "yes", "no", "sales", "repeat", "start over", "maybe" }[(uint)turn.Kind % 6], 0.2),
    };

    private static (TurnHandler Handler, Reply Reply) Start(LoadedFlow flow, Dictionary<string, string>? variables = null)
    {
        var handler = new TurnHandler(flow, variables ?? [], NullLogger.Instance);
        return (handler, handler.Handle(new CallerTurn.Start()));
    }
}
