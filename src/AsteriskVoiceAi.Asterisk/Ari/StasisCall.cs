using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>One caller in the app, from StasisStart until the channel is given back and everything made for it is gone.</summary>
internal sealed class StasisCall
{
    /// <summary>A refused caller waits for nothing longer that only the record needs.</summary>
    private static readonly TimeSpan LongestLookup = TimeSpan.FromMilliseconds(500);

    private readonly StasisServices _services;
    private readonly StasisStart _start;
    private readonly EarlierService? _earlier;
    private readonly CallRequest.RunFlow _request;
    private readonly ChannelNotes _notes;
    private readonly StasisLeg _leg;
    private readonly PhoneWatch _phone;
    private readonly long _arrived;
    private string _linkedId = "";
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="earlier">Null = a new call.</param>
    public StasisCall(StasisStart start, StasisServices services, EarlierService? earlier = null)
    {
        _earlier = earlier;
        _start = start;
        _services = services;
        _arrived = services.Time.GetTimestamp();
        _request = StasisArguments.Parse(start.Args, services.Logger);
        Id = earlier?.CallId ?? CallIds.NewCall();
        MediaName = CallIds.MediaName(Id, again: earlier is not null);
        Media = new CallMedia(MediaName, start.Channel.Id, services);
        _notes = new ChannelNotes(services.Rest, start.Channel.Id);
        _phone = services.Phones.Follow(start.Channel.Id);
        _leg = new StasisLeg(Media, _notes, _phone, services.Time);
        Media.KeyPressed += _leg.Press;
    }

    public string Id { get; }

    public string ChannelId => _start.Channel.Id;

    /// <summary>What its media channel and bridge are named after.</summary>
    public string MediaName { get; }

    /// <summary>The caller is gone, or another instance has the call.</summary>
    public bool IsOver => _leg.HungUp.IsCancellationRequested;

    public CallMedia Media { get; }

    private ILogger Logger => _services.Logger;

    /// <summary>Tells what happened to the caller's channel.</summary>
    public void On(ChannelEvent happened)
    {
        if (happened is ChannelDtmfReceived { Digit: { } digit })
            _leg.Press(digit);
        else if (happened is ChannelHangupRequest or StasisEnd or ChannelDestroyed)
            CallerGone();
    }

    /// <summary>The channel is not in the app any more, however that became known.</summary>
    public void CallerGone() => _leg.HangUp();

    /// <summary>Another instance serves the app: the call ends here and goes on there, so nothing in Asterisk is touched.</summary>
    public void HandOver()
    {
        Media.HandOver();
        _leg.HandOver();
    }

    /// <summary>The handler got its time to end; the channel goes back to the dialplan now.</summary>
    public void Abandon() => _abandoned.TrySetResult();

    /// <summary>Why the call is not to be taken; null = it is to be run.</summary>
    /// <param name="stopping">The service stops.</param>
    public string? Refusal(CancellationToken stopping) => _services.Handler.Refusal(Incoming(), stopping);

    /// <summary>Gives the call back, unanswered. Never throws.</summary>
    public async Task RefuseAsync(string reason)
    {
        using var scope = CallLogScope.Begin(Logger, Id);
        Logger.Refused(_start.Channel.Name, reason);
        var outcome = Outcome(CallResult.Refused, reason);
        using (var limit = new CancellationTokenSource(LongestLookup, _services.Time))
            await FindLinkedIdAsync(limit.Token);
        _services.Handler.NotServed(Incoming(), outcome);
        await LeaveAsync(outcome);
        await Media.DisposeAsync();
    }

    /// <summary>Never throws.</summary>
    /// <param name="stopping">The service stops: the handler is asked to finish.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var scope = CallLogScope.Begin(Logger, Id);
        _services.Status.CountCall(1);
        try
        {
            Logger.Arrived(_start.Channel.Name, _request.Name);
            var notServed = await OpenAsync();
            if (notServed is not null && !_leg.HandedOver)
                _services.Handler.NotServed(Incoming(), notServed);
            await LeaveAsync(notServed ?? await ServeAsync(stopping));
        }
        catch (Exception e)
        {
            // A bug of ours: the channel must not stay in the app in silence.
            Logger.HandlerFailed(e);
            await LeaveAsync(Outcome(CallResult.Error, "internal"));
        }
        finally
        {
            _leg.EndKeys();
            await _phone.DisposeAsync();
            await Media.DisposeAsync();
            _services.Status.CountCall(-1);
        }
    }

    /// <summary>Answers and opens the audio, side by side: the caller hears no ringing while the media channel is made. Null = ready.</summary>
    private async Task<CallOutcome?> OpenAsync()
    {
        using var limit = new CancellationTokenSource(_services.Options.MediaTimeout, _services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _leg.HungUp);
        try
        {
            await Task.WhenAll(
                _services.Rest.AnswerAsync(ChannelId, either.Token),
                CallEnding.ForeseeHangUpAsync(_services.Rest, ChannelId, Id, either.Token),
                FindLinkedIdAsync(either.Token),
                Media.OpenAsync(either.Token));
            Logger.MediaReady(Elapsed.TotalMilliseconds, Media.Description);
            return null;
        }
        catch (Exception e) when (e is AriException or MediaException or OperationCanceledException)
        {
            // Cancelled by HungUp: the caller. Refused because the channel is gone: the same, its event is on its way.
            if (_leg.HungUp.IsCancellationRequested || await IsGoneAsync())
                return CallerHungUp();
            Logger.NoMedia(_start.Channel.Name, Elapsed.TotalMilliseconds, _services.Media.Plan.Reason, _services.Status.AsteriskVersion, e);
            return Outcome(CallResult.Error, "no-media");
        }
    }

    private IncomingCall Incoming()
    {
        var channel = _start.Channel;
        return new IncomingCall(Id, $"stasis:{_request.Name}", channel.Name, channel.Caller?.Number ?? "", channel.Dialplan?.Exten ?? "", channel.Language ?? "", _request)
        {
            LinkedId = _linkedId,
            IsAdopted = _earlier is not null,
            Checkpoint = _earlier?.Checkpoint ?? "",
        };
    }

    /// <summary>For the call's record only: whatever goes wrong, the call goes on without it.</summary>
    private async Task FindLinkedIdAsync(CancellationToken cancellationToken)
    {
        try
        {
            _linkedId = CallVariables.OneLine(await _services.Rest.FindVariableAsync(ChannelId, "CHANNEL(linkedid)", cancellationToken));
        }
        catch (Exception e) when (e is AriException or OperationCanceledException)
        {
            Logger.NoLinkedId(e.Message);
        }
    }

    private async Task<CallOutcome> ServeAsync(CancellationToken stopping)
    {
        var call = Incoming();
        // On another thread: a handler that works before its first await must not hold up the next call's arrival.
        var handling = Task.Run(() => _services.Handler.HandleAsync(call, _leg, stopping), CancellationToken.None);
        var watching = WatchMediaAsync(handling);
        try
        {
            await Task.WhenAny(handling, _abandoned.Task);
            if (handling.IsCompleted)
                return await handling;
            _ = handling.ContinueWith(static task => task.Exception, TaskScheduler.Default);
            return Outcome(CallResult.Error, "service-stopping");
        }
        catch (OperationCanceledException) when (_leg.HungUp.IsCancellationRequested)
        {
            return CallerHungUp();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Outcome(CallResult.Error, "service-stopping");
        }
        catch (Exception e)
        {
            Logger.HandlerFailed(e);
            return Outcome(CallResult.Error, "internal");
        }
        finally
        {
            if (handling.IsCompleted)
                await watching;
        }
    }

    /// <summary>Without its audio and without events nobody would ever tell the handler that Asterisk is gone.</summary>
    private async Task WatchMediaAsync(Task handling)
    {
        await Task.WhenAny(Media.Ended, handling);
        if (Media.Ended.IsCompleted && !_services.Status.Connected)
            CallerGone();
    }

    /// <summary>The event connection is lost. The call goes on if its audio does.</summary>
    public void EventsLost()
    {
        if (Media.Ended.IsCompleted)
            CallerGone();
    }

    private async Task LeaveAsync(CallOutcome outcome)
    {
        var next = outcome.Next switch
        {
            NextStep.Transfer { Destination: var to } => to.ToString(),
            NextStep.HangUp => "hang-up",
            _ => "dialplan",
        };
        if (_leg.HandedOver)
            return;
        Logger.Ended(CallVariables.Word(outcome.Result), outcome.Reason, next);
        if (IsOver)
            return;
        _notes.Close();
        try
        {
            await CallEnding.LeaveAsync(_services.Rest, ChannelId, outcome, CancellationToken.None);
        }
        catch (AriException e) when (e.IsGone)
        {
            Logger.GoneAtEnd(e.Message);
        }
        catch (AriException e)
        {
            Logger.EndFailed(e.Message);
        }
        finally
        {
            // It has left the app, or its handler was abandoned: either way nothing of the leg works from here on.
            CallerGone();
        }
    }

    private async Task<bool> IsGoneAsync()
    {
        try
        {
            return !await _services.Rest.ChannelExistsAsync(ChannelId, CancellationToken.None);
        }
        catch (AriException)
        {
            return false;
        }
    }

    private TimeSpan Elapsed => _services.Time.GetElapsedTime(_arrived);

    private CallOutcome CallerHungUp() => Outcome(CallResult.HangUp, "caller-hung-up");

    private CallOutcome Outcome(CallResult result, string reason) => new(Id, result, reason, NextStep.InDialplan);
}

/// <summary>What an earlier service left of a call that is in the app still.</summary>
/// <param name="CallId">The call's id; null = it is not known.</param>
/// <param name="Checkpoint">Data of unknown make.</param>
internal sealed record EarlierService(string? CallId, string Checkpoint);
