using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Service.Live;

/// <summary>Conversations as they happen, as server-sent events: one <see cref="CallEvent"/> in JSON each.</summary>
internal static class LiveCalls
{
    public const string Path = "/calls/live";

    /// <summary>Type of the first item, which says that nothing after it is missed.</summary>
    public const string Watching = "watching";

    public static void MapLiveCalls(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (CallEvents events, CallDrain drain, HttpContext context) =>
            TypedResults.ServerSentEvents(StreamAsync(events, drain.Over, context.RequestAborted)));

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(CallEvents events, CancellationToken over, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var watch = events.Begin();
        // A service that stops ends the stream with its last call, else it would wait for its watchers.
        await using var end = over.Register(watch.Dispose);
        yield return new SseItem<string>("", Watching);
        while (await watch.Reader.WaitToReadAsync(aborted))
        {
            while (watch.Reader.TryRead(out var happened))
                yield return new SseItem<string>(JsonSerializer.Serialize(happened, JsonSerializerOptions.Web), "call");
        }
    }
}
