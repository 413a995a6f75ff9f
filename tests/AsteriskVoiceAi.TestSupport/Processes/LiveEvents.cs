using System.Net.ServerSentEvents;
using System.Text.Json;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>What a running service says of its calls, from the moment of connecting on: the stream that `voiceai watch` shows.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class LiveEvents : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _stop = new();
    private readonly List<CallEvent> _seen = [];
    private readonly Waits _waits;
    private Task _reading = Task.CompletedTask;

    private LiveEvents() => _waits = new Waits(ToString);

    /// <summary>Called with each event, in order, on the reading thread.</summary>
    public Action<CallEvent>? Happened { get; set; }

    public IReadOnlyList<CallEvent> Seen
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    /// <summary>Connects; every event after the return is seen.</summary>
    /// <param name="service">Base URL of the service's HTTP port.</param>
    public static async Task<LiveEvents> ConnectAsync(Uri service, Action<CallEvent>? happened = null)
    {
        var live = new LiveEvents { Happened = happened };
        try
        {
            var stream = await live._http.GetStreamAsync(new Uri(service, "calls/live"), live._stop.Token);
            var items = SseParser.Create(stream).EnumerateAsync(live._stop.Token).GetAsyncEnumerator(live._stop.Token);
            // The first item says that the service watches for us now.
            await items.MoveNextAsync();
            live._reading = live.ReadAsync(items);
            return live;
        }
        catch
        {
            await live.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first event of this kind (seen before or to come) that the condition holds for.</summary>
    public Task<T> WaitForAsync<T>(Func<T, bool>? condition = null, TimeSpan? within = null) where T : CallEvent =>
        _waits.ForAsync($"The event {typeof(T).Name}", () => Seen.OfType<T>().FirstOrDefault(condition ?? (_ => true)), within ?? TimeSpan.FromSeconds(15));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _http.Dispose();
        _stop.Dispose();
    }

    public override string ToString() => "Events so far:\n  " + string.Join("\n  ", Seen);

    private async Task ReadAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            await using (items)
            {
                while (await items.MoveNextAsync())
                {
                    if (items.Current.Data.Length > 0 && JsonSerializer.Deserialize<CallEvent>(items.Current.Data, JsonSerializerOptions.Web) is { } happened)
                        Take(happened);
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            // The service ended, or we did.
        }
    }

    private void Take(CallEvent happened)
    {
        lock (_seen)
            _seen.Add(happened);
        Happened?.Invoke(happened);
        _waits.Pulse();
    }
}
