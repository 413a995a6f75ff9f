using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Webhooks;
using AsteriskVoiceAi.Service.Webhooks;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Webhooks;

/// <summary>The client against a real server on loopback that behaves badly in every way.</summary>
internal sealed class WebhookClientTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _http = WebhookClient.Http();
    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("voiceai-secrets-");

    [OneTimeTearDown]
    public void CleanUp()
    {
        _http.Dispose();
        _secrets.Delete(recursive: true);
    }

    [Test]
    public async Task Answer_comes_as_json()
    {
        await using var server = await CrmServer.StartAsync("""{"status": "on its way", "stops": [{"town": "Leeds"}], "left": 3}""");

        var answer = (WebhookAnswer.Answered)await AskAsync(server, "/parcels/1");

        Assert.That(new[] { "status", "stops.0.town", "left", "stops", "stops.1.town", "gone" }.Select(path => JsonValues.Find(answer.Json, path)), Is.EqualTo(new[] { "on its way", "Leeds", "3", null, null, null }));
    }

    [Test]
    public async Task Body_and_headers_arrive_and_secrets_are_filled_in()
    {
        await File.WriteAllTextAsync(Path.Combine(_secrets.FullName, "crm"), "hush\n");
        await using var server = await CrmServer.StartAsync("{}");

        await AskAsync(server, "/", "PUT", """{"a":"b"}""", header: "Bearer {secret.crm}");

        Assert.That(server.Asked.Single().ToString(), Is.EqualTo("""PUT / {"a":"b"}"""));
        Assert.That(server.Asked[0].Headers["Authorization"], Is.EqualTo("Bearer hush"));
        Assert.That(server.Asked[0].Headers["Content-Type"], Does.StartWith("application/json"));
    }

    [Test]
    public async Task Secret_that_is_nowhere_fails_before_anything_is_sent()
    {
        await using var server = await CrmServer.StartAsync("{}");

        var why = Why(await AskAsync(server, "/", header: "{secret.none-such}"));

        Assert.That(why, Is.EqualTo("the secret 'none-such' is neither a file in webhooks.secrets-folder nor in the environment as VOICEAI_SECRET_NONE_SUCH"));
        Assert.That(server.Asked, Is.Empty);
    }

    [Test]
    public async Task Answer_that_nobody_wants_is_not_read()
    {
        await using var server = await CrmServer.StartAsync("no json at all");

        Assert.That(await AskAsync(server, "/", wantsAnswer: false), Is.InstanceOf<WebhookAnswer.Answered>());
    }

    [TestCase(404, "it answered with status 404")]
    [TestCase(500, "it answered with status 500")]
    public async Task Refusal_is_a_failure(int status, string why)
    {
        await using var server = await CrmServer.StartAsync((context, _) => CrmServer.SayAsync(context, "{}", status));
        Assert.That(Why(await AskAsync(server, "/")), Is.EqualTo(why));
    }

    [TestCase("")]
    [TestCase("<html>sorry</html>")]
    [TestCase("{\"a\":")]
    [TestCase("[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]")]
    public async Task Garbage_is_a_failure(string body)
    {
        await using var server = await CrmServer.StartAsync(body);
        Assert.That(Why(await AskAsync(server, "/")), Is.EqualTo("its answer is no JSON"));
    }

    [Test]
    public async Task Half_a_character_is_no_value()
    {
        await using var server = await CrmServer.StartAsync("""{"a": "\ud800", "b": "fine"}""");
        var json = ((WebhookAnswer.Answered)await AskAsync(server, "/")).Json;
        Assert.That((JsonValues.Find(json, "a"), JsonValues.Find(json, "b")), Is.EqualTo(((string?)null, "fine")));
    }

    [Test]
    public async Task Huge_answer_is_not_read_to_its_end()
    {
        await using var server = await CrmServer.StartAsync(async (context, _) =>
        {
            var piece = new byte[16 * 1024];
            Array.Fill(piece, (byte)' ');
            // Without end: the client has to hang up.
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });
        Assert.That(Why(await AskAsync(server, "/")), Is.EqualTo("it answered more than 64 KB"));
    }

    [Test]
    public async Task Server_that_hangs_up_in_mid_body_is_a_failure()
    {
        await using var server = await CrmServer.StartAsync(async (context, _) =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{\"status\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        Assert.That(await AskAsync(server, "/"), Is.InstanceOf<WebhookAnswer.Failed>());
    }

    [Test]
    public async Task Slow_server_is_given_up_in_time()
    {
        await using var server = await CrmServer.StartAsync((context, crm) => crm.HeldAsync(context));
        var asking = AskAsync(server, "/");
        await server.ArrivalAsync();

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.That(Why(await asking), Is.EqualTo("no whole answer within 3000 ms"));
    }

    [Test]
    public async Task Body_that_drips_is_given_up_in_time()
    {
        await using var server = await CrmServer.StartAsync(async (context, crm) =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await crm.HeldAsync(context);
        });
        var asking = AskAsync(server, "/");
        await server.ArrivalAsync();

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.That(Why(await asking), Is.EqualTo("no whole answer within 3000 ms"));
    }

    [Test]
    public async Task Caller_who_hangs_up_cancels_the_question()
    {
        await using var server = await CrmServer.StartAsync((context, crm) => crm.HeldAsync(context));
        using var gone = new CancellationTokenSource();
        var asking = Client().AskAsync(Request(server, "/"), gone.Token);
        await server.ArrivalAsync();

        await gone.CancelAsync();

        Assert.That(async () => await asking, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Redirect_on_the_same_server_is_followed()
    {
        await using var server = await CrmServer.StartAsync((context, _) => context.Request.Path == "/new" ? CrmServer.SayAsync(context, "{}") : RedirectAsync(context, "/new"));

        Assert.That(await AskAsync(server, "/old"), Is.InstanceOf<WebhookAnswer.Answered>());
        Assert.That(server.Asked.Select(asked => asked.Target), Is.EqualTo(new[] { "/old", "/new" }));
    }

    [TestCase("http://localhost.test:1/", "it sends on to another server, http://localhost.test:1, which is not followed")]
    [TestCase("file:///etc/passwd", "it sends on to another server, file://, which is not followed")]
    [TestCase("http://[", "it answered with status 302")]
    [TestCase("/again", "it sends on and on")]
    public async Task Redirect_that_leads_astray_is_not_followed(string to, string why)
    {
        await using var server = await CrmServer.StartAsync((context, _) => RedirectAsync(context, to));
        Assert.That(Why(await AskAsync(server, "/")), Is.EqualTo(why));
    }

    [Test]
    public async Task Redirect_of_a_post_is_not_followed()
    {
        await using var server = await CrmServer.StartAsync((context, _) => RedirectAsync(context, "/new"));
        Assert.That(Why(await AskAsync(server, "/", "POST", "{}")), Is.EqualTo("it sends a POST on to another address of its own, which is not followed"));
        Assert.That(server.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Dead_server_is_left_alone_for_a_while_and_then_tried_by_one_caller()
    {
        await using var server = await CrmServer.StartAsync((context, _) => CrmServer.SayAsync(context, "{}", 503));
        var client = Client();
        for (var i = 0; i < 3; i++)
            await client.AskAsync(Request(server, "/"), CancellationToken.None);

        Assert.That(Why(await client.AskAsync(Request(server, "/"), CancellationToken.None)), Is.EqualTo("it failed several times and is left alone for 15 s"));
        Assert.That(server.Asked, Has.Count.EqualTo(3));
        _time.Advance(WebhookClient.Rest);
        server.Behaviour = (context, crm) => crm.HeldAsync(context);
        var trial = client.AskAsync(Request(server, "/"), CancellationToken.None);
        Assert.That(Why(await client.AskAsync(Request(server, "/"), CancellationToken.None)), Does.StartWith("it failed several times"));
        server.Behaviour = (context, _) => CrmServer.SayAsync(context, "{}");
        server.Release();
        await trial;
    }

    [Test]
    public async Task Nobody_at_the_port_is_a_failure()
    {
        var port = FreePorts.Tcp();
        Assert.That(await Client().AskAsync(Request($"http://127.0.0.1:{port}/"), CancellationToken.None), Is.InstanceOf<WebhookAnswer.Failed>());
    }

    [Test]
    public async Task Server_that_speaks_no_http_is_a_failure()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var asking = Client().AskAsync(Request($"http://{listener.LocalEndpoint}/"), CancellationToken.None);
        using var connection = await listener.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("220 mail.example ESMTP\r\n\0\0\0\r\n\r\n"));
        connection.Close();
        Assert.That(await asking, Is.InstanceOf<WebhookAnswer.Failed>());
    }

    private static Task RedirectAsync(HttpContext context, string to)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    }

    private static string Why(WebhookAnswer answer) => ((WebhookAnswer.Failed)answer).Why;

    private WebhookClient Client() => new(_http, new WebhookSecrets(Options.Create(new WebhookOptions { SecretsFolder = _secrets.FullName })), _time);

    private Task<WebhookAnswer> AskAsync(CrmServer server, string path, string method = "GET", string? body = null, string? header = null, bool wantsAnswer = true) =>
        Client().AskAsync(Request(server, path, method, body, header, wantsAnswer), CancellationToken.None);

    private static WebhookRequest Request(CrmServer server, string path, string method = "GET", string? body = null, string? header = null, bool wantsAnswer = true) =>
        Request(server.Address + path, method, body, header, wantsAnswer);

    private static WebhookRequest Request([StringSyntax(StringSyntaxAttribute.Uri)] string url, string method = "GET", string? body = null, string? header = null, bool wantsAnswer = true) =>
        new("test", method, new Uri(url), body, header is null ? [] : [KeyValuePair.Create("Authorization", FlowText.Parse(header, out _)!)], TimeSpan.FromSeconds(3), wantsAnswer);
}
