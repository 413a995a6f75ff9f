using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Live;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai watch</c>: shows conversations as they happen.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "End after one call." };
        var watch = new Command("watch", "Show conversations as they happen: who said what, when, how sure, and how long each step took.") { once };
        watch.SetAction(async (parsed, cancellationToken) =>
        {
            if (ServeCommand.LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            var output = parsed.InvocationConfiguration.Output;
            var url = new Uri($"http://{options.Http.Address}:{options.Http.Port}{LiveCalls.Path}");
            try
            {
                await FollowAsync(url, output, parsed.GetValue(once), cancellationToken);
                return ExitCodes.Ok;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Ok;
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"No service answers at {url}: {gone.Message} Start it with: voiceai serve");
                return ExitCodes.Failed;
            }
        });
        return watch;
    }

    private static async Task FollowAsync(Uri url, TextWriter output, bool once, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var stream = await http.GetStreamAsync(url, cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data.Length == 0 || JsonSerializer.Deserialize<CallEvent>(item.Data, JsonSerializerOptions.Web) is not { } happened)
                continue;
            await output.WriteLineAsync(ConversationLine.For(happened));
            await output.FlushAsync(cancellationToken);
            if (once && happened is CallEvent.Ended)
                return;
        }
    }
}
