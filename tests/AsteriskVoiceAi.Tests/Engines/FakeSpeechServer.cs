using System.Collections.Concurrent;
using System.Text.Json;
using AsteriskVoiceAi.Audio;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>A server on loopback that speaks as Piper's (POST /synthesize) and OpenAI's (POST /v1/audio/speech) do: half a second of a tone for anything.</summary>
internal sealed class FakeSpeechServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeSpeechServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>The bodies of what was asked, and the keys that came with them.</summary>
    public ConcurrentQueue<(JsonElement Body, string Key)> Asked { get; } = [];

    /// <summary>Answers this instead.</summary>
    public IResult? Instead { get; set; }

    public static async Task<FakeSpeechServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeSpeechServer(app);
        app.MapPost("/synthesize", server.AnswerAsync);
        app.MapPost("/v1/audio/speech", server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        // Piper's server takes nothing else, curl's form least of all.
        if (request.ContentType != "application/json" || request.ContentLength is null)
            return Results.StatusCode(500);
        using var body = await JsonDocument.ParseAsync(request.Body);
        Asked.Enqueue((body.RootElement.Clone(), request.Headers.Authorization.ToString()));
        short[] tone = [.. Sounds.Tone(440, 0.5, 22_050).Select(sample => (short)(sample * 20_000))];
        // Piper's says text/html, whatever it sends.
        return Instead ?? Results.Bytes(WavFile.Write(tone, 22_050), "text/html");
    }
}
