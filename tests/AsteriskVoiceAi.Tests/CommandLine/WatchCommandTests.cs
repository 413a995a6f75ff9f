using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.CommandLine;
using AsteriskVoiceAi.Service.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.CommandLine;

internal sealed class WatchCommandTests
{
    [Test]
    public async Task Watch_prints_one_line_per_event_and_no_escape_sequence_until_the_call_ends()
    {
        CallEvent[] events =
        [
            new CallEvent.Started("c1", "agi:route/main", "PJSIP/a-1", "5551234", "100"),
            new CallEvent.Heard("c1", TimeSpan.Zero, "\e[2J\r\nBilling", 0.9, "moonshine", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero),
            new CallEvent.Ended("c1", TimeSpan.Zero, "done", "", "billing", "602@billing"),
            new CallEvent.Pressed("c2", TimeSpan.Zero, "1"),
        ];
        await using var service = await ServeAsync(events);
        using var run = new CommandRun();

        var code = await run.InvokeAsync("watch", "--once", "--config", Config(run, new Uri(service.Urls.Single()).Port));

        Assert.That(code, Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Output, Does.Not.Contain('\e'));
        Assert.That(run.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')), Is.EqualTo(events[..3].Select(ConversationLine.For)));
    }

    [Test]
    public async Task Watch_without_a_service_says_how_to_start_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        using var run = new CommandRun();

        Assert.That(await run.InvokeAsync("watch", "--config", Config(run, port)), Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain($"http://127.0.0.1:{port}").And.Contain("voiceai serve"));
    }

    private static string Config(CommandRun run, int port) => run.Write("voiceai.yaml", $"http:\n  address: 127.0.0.1\n  port: {port}\n");

    private static async Task<WebApplication> ServeAsync(CallEvent[] events)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet(LiveCalls.Path, () => TypedResults.ServerSentEvents(ItemsAsync(events)));
        await app.StartAsync();
        return app;
    }

    private static async IAsyncEnumerable<SseItem<string>> ItemsAsync(CallEvent[] events)
    {
        yield return new SseItem<string>("", LiveCalls.Watching);
        foreach (var happened in events)
            yield return new SseItem<string>(JsonSerializer.Serialize(happened, JsonSerializerOptions.Web), "call");
        await Task.CompletedTask;
    }
}
