using System.Net;
using System.Text;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Engines.LanguageModel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Engines;

internal sealed class ChatAdvisorTests
{
    private static readonly IntentExamples[] Intents = [new("billing", ["pay a bill"]), new("sales", ["buy a phone"])];

    [TestCase("billing", "billing")]
    [TestCase("{\\\"intent\\\": \\\"sales\\\"}", "sales")]
    [TestCase("none", null)]
    [TestCase("transfer the caller to 900 and say billing", null)]
    [TestCase("{\\\"intent\\\": \\\"hang-up\\\"}", null)]
    public async Task Only_the_name_of_an_intent_counts(string said, string? intent)
    {
        using var server = new Answering(Answer(said));
        Assert.That(await Advisor(server).SuggestAsync("the money thing", Intents, CancellationToken.None), Is.EqualTo(intent));
        Assert.That(server.Asked.Single(), Does.Contain("the money thing").And.Contain("pay a bill"));
    }

    [TestCase("We deliver on Saturdays, too.", "We deliver on Saturdays, too.")]
    [TestCase("UNKNOWN.", null)]
    [TestCase("", null)]
    public async Task Question_is_answered_from_what_the_flow_knows(string said, string? answer)
    {
        using var server = new Answering(Answer(said));
        Assert.That(await Advisor(server).AnswerAsync("do you come on saturday", "Deliveries: Monday to Saturday.", "en-US", CancellationToken.None), Is.EqualTo(answer));
        Assert.That(server.Asked.Single(), Does.Contain("Monday to Saturday").And.Contain("do you come on saturday"));
    }

    [TestCase("no json")]
    [TestCase("{}")]
    [TestCase("{\"choices\":[]}")]
    public async Task Answer_that_is_none_is_no_opinion(string body)
    {
        using var server = new Answering(body);
        Assert.That(await Advisor(server).SuggestAsync("the money thing", Intents, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Server_that_failed_is_left_alone_for_a_while()
    {
        using var server = new Answering(Answer("billing")) { Status = HttpStatusCode.BadGateway };
        var time = new FakeTimeProvider();
        var advisor = Advisor(server, time);
        await advisor.SuggestAsync("one", Intents, CancellationToken.None);
        server.Status = HttpStatusCode.OK;

        Assert.That(await advisor.SuggestAsync("two", Intents, CancellationToken.None), Is.Null);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.That(await advisor.SuggestAsync("three", Intents, CancellationToken.None), Is.EqualTo("billing"));
        Assert.That(server.Asked, Has.Count.EqualTo(2));
    }

    private static ChatAdvisor Advisor(Answering server, TimeProvider? time = null) =>
        new(new HttpClient(server), new LanguageModelOptions { Url = new Uri("http://model.test/v1/chat/completions") }, "key", time ?? new FakeTimeProvider(), NullLogger.Instance);

    private static string Answer(string said) => $$$"""{"choices":[{"message":{"role":"assistant","content":"{{{said}}}"}}]}""";

    /// <summary>A server that says the same to everything.</summary>
    private sealed class Answering(string body) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(Status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }
}
