using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Webhooks;
using AsteriskVoiceAi.Tests.Calls;
using AsteriskVoiceAi.TestSupport.Webhooks;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Tests.Webhooks;

/// <summary>What a caller hears while a real server is asked.</summary>
internal sealed class WebhookCallTests
{
    private const string Flow = """
        flow: main
        greeting: Hello.
        intents:
          track:
            keys: "1"
            examples: [track my parcel, where is my parcel]
            do:
              - webhook: { url: "CRM/parcels", save: parcel, timeout: 30s }
              - say: It is {parcel.status}.
              - ask-again: Anything else?
          look:
            keys: "2"
            do:
              - say: Let me see.
              - webhook: { url: "CRM/parcels", save: parcel, timeout: 30s }
              - return: It is {parcel.status}.
          operator:
            keys: "0"
            do: [{transfer: {context: support, extension: "600", say: Connecting you.}}]
        """;

    private readonly HttpClient _http = WebhookClient.Http();

    [OneTimeTearDown]
    public void CleanUp() => _http.Dispose();

    [Test]
    public async Task Quick_answer_is_said_without_a_word_before()
    {
        await using var server = await CrmServer.StartAsync("""{"status": "here"}""");
        await using var call = Call(server).Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Track my parcel.");
        await call.HearsAsync("It is here. Anything else?");

        Assert.That(call.Events.OfType<CallEvent.Asked>().Single(), Has.Property("Server").EqualTo($"GET {server.Address}/parcels").And.Property("Failure").Empty);
        Assert.That(call.Events.OfType<CallEvent.Replied>().Count(), Is.EqualTo(1));
        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Slow_answer_is_bridged_with_a_word()
    {
        await using var server = await CrmServer.StartAsync(HeldAsync);
        await using var call = Call(server).Arrives();
        await call.HearsAsync("Hello.");
        call.Presses("1");
        await server.ArrivalAsync();

        call.Silent(1000);
        await call.HearsAsync("One moment, please.");
        server.Release();
        await call.HearsAsync("It is here. Anything else?");

        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Words_of_the_flow_bridge_the_time()
    {
        await using var server = await CrmServer.StartAsync(HeldAsync);
        await using var call = Call(server).Arrives();
        await call.HearsAsync("Hello.");
        call.Presses("2");
        await call.BeginsToHearAsync("Let me see.");
        server.Release();
        while (call.Leg.IsPlaying)
            call.Silent(20);
        await call.HearsAsync("It is here.");

        await call.EndsAsync("done dialplan");
    }

    [Test]
    public async Task Caller_who_hangs_up_meanwhile_ends_the_call_at_once()
    {
        await using var server = await CrmServer.StartAsync(HeldAsync);
        await using var call = Call(server).Arrives();
        await call.HearsAsync("Hello.");
        call.Presses("1");
        await server.ArrivalAsync();

        call.HangsUp();

        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    [Test]
    public async Task Caller_who_goes_on_meanwhile_is_heard_as_a_whole()
    {
        await using var server = await CrmServer.StartAsync(HeldAsync);
        await using var call = Call(server).Arrives();
        await call.HearsAsync("Hello.");
        await call.SaysAsync("Track my parcel.");
        await server.ArrivalAsync();

        server.Behaviour = (context, _) => CrmServer.SayAsync(context, """{"status": "late"}""");
        call.Speaks(600);
        // A caller who went on once is given more time.
        call.Silent(400);
        await call.AnswerAsync(await call.AskedAsync(), "Track my parcel. Where is my parcel?");
        call.Silent(1600);
        Assert.That((await call.HeardAsync()).Text, Does.EndWith("Where is my parcel?"));
        await call.HearsAsync("It is late. Anything else?");

        call.HangsUp();
        await call.EndsAsync("hangup caller-hung-up dialplan");
    }

    private CallScript Call(CrmServer server) => new(
        flow: Flow.Replace("CRM", server.Address, StringComparison.Ordinal),
        webhooks: new WebhookClient(_http, new WebhookSecrets(Options.Create(new WebhookOptions())), TimeProvider.System));

    private static async Task HeldAsync(Microsoft.AspNetCore.Http.HttpContext context, CrmServer server)
    {
        await server.HeldAsync(context);
        await CrmServer.SayAsync(context, """{"status": "here"}""");
    }
}
