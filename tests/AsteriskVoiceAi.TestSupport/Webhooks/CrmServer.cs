using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.TestSupport.Webhooks;

/// <summary>A real HTTP server on loopback that answers flows as a test wants: rightly, late, wrongly or not at all.</summary>
internal sealed class CrmServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CrmQuestion> _asked = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CrmServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<CrmQuestion> Asked => [.. _asked];

    /// <summary>What it does with a question.</summary>
    public Func<HttpContext, CrmServer, Task> Behaviour { get; set; } = (context, _) => SayAsync(context, "{}");

    /// <summary>Answers everything with this JSON.</summary>
    public static Task<CrmServer> StartAsync(string json) => StartAsync((context, _) => SayAsync(context, json));

    public static async Task<CrmServer> StartAsync(Func<HttpContext, CrmServer, Task> behaviour)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new CrmServer(app) { Behaviour = behaviour };
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Waits for the next question.</summary>
    public async Task ArrivalAsync()
    {
        if (!await _arrived.WaitAsync(TimeSpan.FromSeconds(10)))
            throw new TimeoutException("nobody asked the server");
    }

    /// <summary>Ends when the test releases what is held, or the one who asked has gone.</summary>
    public Task HeldAsync(HttpContext context) => _released.Task.WaitAsync(context.RequestAborted);

    public void Release() => _released.TrySetResult();

    public static Task SayAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        _asked.Enqueue(new CrmQuestion(context.Request.Method, target, body, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        _arrived.Release();
        try
        {
            await Behaviour(context, this);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone.
        }
    }
}

/// <summary>A question as it came over the wire.</summary>
/// <param name="Target">Path and query, still encoded.</param>
internal sealed record CrmQuestion(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public override string ToString() => $"{Method} {Target} {Body}".TrimEnd();
}
