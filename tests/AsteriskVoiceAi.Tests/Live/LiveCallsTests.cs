using System.Net;
using System.Net.ServerSentEvents;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Service.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Tests.Live;

internal sealed class LiveCallsTests
{
    [Test, CancelAfter(30_000)]
    public async Task Watcher_of_a_stopping_service_sees_the_last_call_to_its_end(CancellationToken cancellationToken)
    {
        var calls = new HeldCalls();
        await using var app = Build(calls);
        await app.StartAsync(cancellationToken);
        using var http = new HttpClient();
        await using var stream = await http.GetStreamAsync(new Uri(new Uri(app.Urls.First()), LiveCalls.Path), cancellationToken);
        var items = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await items.MoveNextAsync();
        Assert.That(items.Current.EventType, Is.EqualTo(LiveCalls.Watching));

        var stopping = app.StopAsync(cancellationToken);
        await calls.Draining.Task;
        app.Services.GetRequiredService<CallEvents>().Publish(new CallEvent.Ended("c1", TimeSpan.Zero, "done", "", "billing", "602@billing"));
        calls.Over.SetResult();

        Assert.That(await items.MoveNextAsync(), Is.True);
        Assert.That(items.Current.Data, Does.Contain("602@billing"));
        Assert.That(await items.MoveNextAsync(), Is.False, "the stream ends with the calls");
        await stopping;
    }

    private static WebApplication Build(IDrainable calls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(new CallEvents());
        builder.Services.AddSingleton(calls);
        builder.Services.AddSingleton(new CallAdmission(Options.Create(new CallOptions()), new ListeningStatus()));
        builder.Services.AddSingleton<CallDrain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CallDrain>());
        var app = builder.Build();
        app.MapLiveCalls();
        return app;
    }

    private sealed class HeldCalls : IDrainable
    {
        public TaskCompletionSource Draining { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task DrainAsync(CancellationToken hurry)
        {
            Draining.SetResult();
            return Over.Task;
        }
    }
}
