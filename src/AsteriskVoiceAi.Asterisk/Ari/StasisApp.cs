using System.Collections.Concurrent;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>All calls in the app: gives each event to its call, begins and refuses calls, and puts in order what a lost connection left behind.</summary>
internal sealed class StasisApp(StasisServices services) : IDisposable
{
    /// <summary>By the caller's channel. A channel may come back right after it left, so an entry ends with StasisEnd, not with its call's task.</summary>
    private readonly ConcurrentDictionary<string, StasisCall> _callers = new();
    /// <summary>By the name of the call's media.</summary>
    private readonly ConcurrentDictionary<string, StasisCall> _calls = new();
    /// <summary>Null = a channel on its way back into the dialplan.</summary>
    private readonly ConcurrentDictionary<Task, StasisCall?> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    private ILogger Logger => services.Logger;

    private IEnumerable<StasisCall> Running => _running.Values.OfType<StasisCall>();

    public void Dispose() => _stopping.Dispose();

    public void Dispatch(AriEvent happened)
    {
        if (happened is not ChannelEvent { Channel.Id: { } id } about)
            return;
        if (services.Ids.CallOfMedia(id) is { } mediaOf)
            _calls.GetValueOrDefault(mediaOf)?.Media.On(about);
        else if (about is StasisStart start)
            Begin(start);
        else if (_callers.TryGetValue(id, out var call))
            Tell(call, about);
    }

    /// <summary>The event connection is lost; calls whose audio still flows go on.</summary>
    public void EventsLost()
    {
        foreach (var call in Running)
            call.EventsLost();
    }

    /// <summary>Another instance serves the app: the calls go on there.</summary>
    public void HandOver()
    {
        Logger.Replaced(services.Options.App, services.Options.Url, Running.Count());
        foreach (var call in Running)
            call.HandOver();
        _callers.Clear();
    }

    /// <summary>Takes up a caller who is in the app and whom nobody serves.</summary>
    public void Adopt(StasisStart start, EarlierService earlier)
    {
        if (_stopping.IsCancellationRequested)
            Track(SendBackAsync(start.Channel.Id, CallResult.Error, "service-restarted", CancellationToken.None), null);
        else
            Begin(new StasisCall(start, services, earlier));
    }

    /// <summary>Calls that were ours before the connection was lost.</summary>
    public IReadOnlyList<StasisCall> Owned => [.. _callers.Values];

    /// <summary>Whether a channel or bridge that bears our name belongs to a call that runs.</summary>
    public bool Owns(string id) =>
        (_callers.TryGetValue(id, out var caller) && !caller.IsOver) || Running.Any(call => services.Ids.CallOfMedia(id) == call.MediaName || services.Ids.Bridge(call.MediaName) == id);

    /// <summary>Sends a channel that is not served back into the dialplan.</summary>
    public async Task SendBackAsync(string channel, CallResult result, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await CallEnding.LeaveAsync(services.Rest, channel, new CallOutcome(CallIds.NewCall(), result, reason, NextStep.InDialplan), cancellationToken);
        }
        catch (AriException e) when (e.IsGone)
        {
            Logger.GoneAtEnd(e.Message);
        }
        catch (AriException e)
        {
            Logger.EndFailed(e.Message);
        }
    }

    /// <summary>Refuses new calls, asks running ones to end, and when the host hurries sends what is left back to the dialplan. May be called again.</summary>
    public async Task DrainAsync(CancellationToken hurry)
    {
        var calls = Running.Count(call => !call.IsOver);
        await _stopping.CancelAsync();
        if (calls > 0)
            Logger.Draining(calls);
        try
        {
            await Task.WhenAll(_running.Keys).WaitAsync(hurry);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            Logger.DrainExpired(_running.Count);
            foreach (var call in Running)
                call.Abandon();
        }
        await Task.WhenAll(_running.Keys);
    }

    private void Begin(StasisStart start)
    {
        var call = new StasisCall(start, services);
        if (call.Refusal(_stopping.Token) is { } reason)
            Track(call.RefuseAsync(reason), null);
        else
            Begin(call);
    }

    private void Begin(StasisCall call)
    {
        // A call still listed under this channel has missed its StasisEnd.
        if (_callers.TryGetValue(call.ChannelId, out var former))
            former.CallerGone();
        _callers[call.ChannelId] = call;
        _calls[call.MediaName] = call;
        Track(RunAsync(call), call);
    }

    private async Task RunAsync(StasisCall call)
    {
        await Task.Yield();
        await call.RunAsync(_stopping.Token);
        _callers.TryRemove(KeyValuePair.Create(call.ChannelId, call));
        _calls.TryRemove(call.MediaName, out _);
    }

    private void Tell(StasisCall call, ChannelEvent happened)
    {
        if (happened is StasisEnd or ChannelDestroyed)
            _callers.TryRemove(KeyValuePair.Create(call.ChannelId, call));
        call.On(happened);
    }

    private void Track(Task task, StasisCall? call)
    {
        _running[task] = call;
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }
}
