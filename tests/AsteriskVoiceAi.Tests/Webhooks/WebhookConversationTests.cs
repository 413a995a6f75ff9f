using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Resumption;
using AsteriskVoiceAi.Service.Webhooks;
using AsteriskVoiceAi.Tests.Flows;
using AsteriskVoiceAi.Tests.Responses;
using AsteriskVoiceAi.TestSupport.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Webhooks;

/// <summary>Flows that ask a real server on loopback.</summary>
internal sealed class WebhookConversationTests
{
    private const string Flow = """
        flow: main
        greeting: Hello.
        variables: { caller: "" }
        intents:
          track:
            keys: "1"
            slots:
              number: { type: digits, length: 4, ask: Which number? }
            do:
              - webhook: { url: "CRM/parcels/{number}?from={caller}", save: parcel, on-error: PLACE }
              - say: Your parcel is {parcel.status}.
              - ask-again: Anything else?
          order:
            keys: "2"
            slots:
              what: { type: text, ask: What? }
            do:
              - say: I'll order it.
              - webhook: { url: "CRM/orders", body: { what: "{what}", by: phone }, on-error: continue }
              - return: Done.
          checked:
            keys: "3"
            slots:
              number: { type: digits, length: 4, ask: Which number?, check: { url: "CRM/check/{number}" } }
              day: { type: date, ask: What day? }
            do: [{return: "{number} it is."}]
          strict:
            keys: "4"
            slots:
              code: { type: alnum, ask: Which code?, check: { url: "CRM/check", body: { code: "{code}" }, on-error: operator } }
            do: [{return: "{code} it is."}]
          operator:
            keys: "0"
            do: [{transfer: {context: support, extension: "600", say: Connecting you.}}]
        """;

    private static readonly TimeProvider Time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 17, 10, 0, 0, TimeSpan.Zero));

    private readonly HttpClient _http = WebhookClient.Http();
    private CrmServer _server = null!;

    [SetUp]
    public async Task StartServer() => _server = await CrmServer.StartAsync("""{"status": "on its way"}""");

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [OneTimeTearDown]
    public void CleanUp() => _http.Dispose();

    [Test]
    public async Task What_the_server_knows_is_said()
    {
        Assert.That(await TalkAsync(Handler(), "[1]", "4152"), Is.EqualTo("Your parcel is on its way. Anything else?"));
        Assert.That(_server.Asked.Single().ToString(), Is.EqualTo("GET /parcels/4152?from="));
    }

    [TestCase("a&b=c/../#d {number}", "a%26b%3Dc%2F..%2F%23d%20%7Bnumber%7D")]
    [TestCase("Zoë", "Zo%C3%AB")]
    public async Task Value_in_an_address_is_encoded(string caller, string sent)
    {
        await TalkAsync(Handler(new() { ["caller"] = caller }), "[1]", "4152");
        Assert.That(_server.Asked.Single().Target, Is.EqualTo("/parcels/4152?from=" + sent));
    }

    [Test]
    public async Task Value_in_a_body_is_data()
    {
        const string Words = "a \"book\", {what} and <speak>";
        Assert.That(await TalkAsync(Handler(), "[2]", Words), Is.EqualTo("Done. <done  dialplan>"));
        Assert.That(System.Text.Json.JsonDocument.Parse(_server.Asked.Single().Body).RootElement.GetProperty("what").GetString(), Is.EqualTo(Words));
    }

    [TestCase("""{"status": "<speak><break time='10s'/>{number}</speak>"}""", "Your parcel is <speak><break time='10s'/>{number}</speak>. Anything else?")]
    [TestCase("""{"status": "late\r\nVERBOSE owned"}""", "Your parcel is late VERBOSE owned. Anything else?")]
    [TestCase("""{"status": {"a": 1}}""", "Your parcel is . Anything else?")]
    [TestCase("""{"status": 7.5}""", "Your parcel is 7.5. Anything else?")]
    public async Task What_the_server_sends_is_words_and_nothing_else(string json, string said)
    {
        _server.Behaviour = (context, _) => CrmServer.SayAsync(context, json);
        Assert.That(await TalkAsync(Handler(), "[1]", "4152"), Is.EqualTo(said));
    }

    [TestCase("operator", "Connecting you. <escalate webhook-failed 600@support>")]
    [TestCase("continue", "Your parcel is . Anything else?")]
    [TestCase("dialplan", " <error webhook-failed dialplan>")]
    [TestCase("hang-up", "Goodbye. <error webhook-failed hang-up>")]
    public async Task Call_goes_where_the_flow_says_when_the_server_fails(string place, string said)
    {
        _server.Behaviour = (context, _) => CrmServer.SayAsync(context, "{}", 500);
        Assert.That(await TalkAsync(Handler(place: place), "[1]", "4152"), Is.EqualTo(said));
    }

    [Test]
    public async Task Second_answer_leaves_nothing_of_the_first()
    {
        var handler = Handler(place: "continue");
        await TalkAsync(handler, "[1]", "4152");
        _server.Behaviour = (context, _) => CrmServer.SayAsync(context, "gone", 404);

        Assert.That(await TalkAsync(handler, "[1]", "4153"), Is.EqualTo("Your parcel is . Anything else?"));
    }

    [TestCase("""{"valid": true}""", "What day?")]
    [TestCase("""{"valid": true, "value": "4153"}""", "What day?")]
    [TestCase("""{"valid": false}""", "That doesn't seem to be right. Which number?")]
    [TestCase("""{"valid": false, "reason": "That one was <b>delivered</b> in May."}""", "That one was <b>delivered</b> in May. Which number?")]
    [TestCase("""{"valid": "yes"}""", "What day?")]
    [TestCase("nonsense", "What day?")]
    public async Task Server_says_whether_a_value_is_right(string json, string said)
    {
        _server.Behaviour = (context, _) => CrmServer.SayAsync(context, json);
        Assert.That(await TalkAsync(Handler(), "[3]", "4152"), Is.EqualTo(said));
        Assert.That(_server.Asked.Single().ToString(), Is.EqualTo("GET /check/4152"));
    }

    [TestCase("4153", "4153")]
    [TestCase("415", "4152")]
    [TestCase("41x3", "4152")]
    public async Task Servers_own_form_counts_where_it_could_be_a_callers(string own, string value)
    {
        _server.Behaviour = (context, _) => CrmServer.SayAsync(context, $$"""{"valid": true, "value": "{{own}}"}""");
        var handler = Handler();
        await TalkAsync(handler, "[3]", "4152");
        Assert.That(handler.FilledSlots["number"], Is.EqualTo(value));
    }

    [Test]
    public async Task Value_that_stays_wrong_is_given_up()
    {
        _server.Behaviour = (context, _) => CrmServer.SayAsync(context, """{"valid": false}""");
        Assert.That(await TalkAsync(Handler(), "[3]", "1111", "2222", "3333"), Is.EqualTo("Connecting you. <no-match low-confidence 600@support>"));
    }

    [Test]
    public async Task Check_that_fails_may_end_in_the_flows_place()
    {
        _server.Behaviour = (context, _) => CrmServer.SayAsync(context, "{}", 500);
        Assert.That(await TalkAsync(Handler(), "[4]", "kilo 7 2"), Is.EqualTo("Connecting you. <escalate webhook-failed 600@support>"));
    }

    [Test]
    public async Task Call_taken_up_by_another_service_still_knows_what_the_server_said()
    {
        var handler = Handler();
        await TalkAsync(handler, "[1]", "4152");
        Assert.That(TakenUp(handler).State.Saved, Is.EqualTo(new Dictionary<string, string> { ["parcel.status"] = "on its way" }));
    }

    [Test]
    public async Task Server_that_was_being_asked_is_asked_again_where_that_changes_nothing()
    {
        var handler = Handler();
        handler.Handle(new CallerTurn.Start());
        handler.Handle(new CallerTurn.Keys("1"));
        handler.Handle(new CallerTurn.Keys("4152"));
        var other = Handler();
        other.Progress = TakenUp(handler);

        var reply = await AnsweredAsync(other, other.AskServerAgain());

        Assert.That(ConversationScripts.Written(reply), Is.EqualTo("Your parcel is on its way. Anything else?"));
    }

    [Test]
    public void Server_that_may_have_done_it_already_is_not_asked_again()
    {
        var handler = Handler();
        handler.Handle(new CallerTurn.Start());
        handler.Handle(new CallerTurn.Keys("2"));
        handler.Handle(new CallerTurn.Heard("a book", 0.9));
        var other = Handler();
        other.Progress = TakenUp(handler);

        Assert.That(ConversationScripts.Written(other.AskServerAgain()), Is.EqualTo("Done. <done  dialplan>"));
        Assert.That(_server.Asked, Is.Empty);
    }

    [Test]
    public async Task Turn_that_is_taken_back_takes_the_answer_back_too()
    {
        var handler = Handler();
        await TalkAsync(handler, "[1]", "4152");

        handler.TakeBack();

        Assert.That((handler.State.Saved.Count, handler.Progress.Filling?.Slot), Is.EqualTo((0, "number")));
    }

    private static ConversationProgress TakenUp(TurnHandler handler)
    {
        var began = DateTimeOffset.UnixEpoch.AddDays(1);
        var text = CheckpointText.Write(CallCheckpoint.Of("call", began, "main", new Dictionary<string, string>(), handler.Progress));
        return CheckpointText.Read(text, "call", began)!.In(FlowTexts.Load(Flow.Replace("PLACE", "continue", StringComparison.Ordinal).Replace("CRM", "http://crm.test", StringComparison.Ordinal)).Flow)!;
    }

    private TurnHandler Handler(Dictionary<string, string>? variables = null, string place = "operator") =>
        new(FlowTexts.Load(Flow.Replace("CRM", _server.Address, StringComparison.Ordinal).Replace("PLACE", place, StringComparison.Ordinal)), variables ?? [], NullLogger.Instance, Time);

    /// <summary>The last thing said after these turns.</summary>
    private async Task<string> TalkAsync(TurnHandler handler, params string[] turns)
    {
        handler.Handle(new CallerTurn.Start());
        var said = "";
        foreach (var turn in turns)
            said = ConversationScripts.Written(await AnsweredAsync(handler, handler.Handle(ConversationScripts.Turn(turn))));
        return said;
    }

    private async Task<Reply> AnsweredAsync(TurnHandler handler, Reply reply)
    {
        var client = new WebhookClient(_http, new WebhookSecrets(Options.Create(new WebhookOptions())), TimeProvider.System);
        while (reply.Next is ReplyNext.Fetch fetch)
            reply = handler.Handle(new CallerTurn.Answered(await client.AskAsync(fetch.Request, CancellationToken.None)));
        return reply;
    }
}
