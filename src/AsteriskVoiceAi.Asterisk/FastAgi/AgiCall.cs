using System.Globalization;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>What every FastAGI call is served with.</summary>
internal sealed record AgiServices(
    ICallHandler Handler,
    AudioSocketRendezvous Rendezvous,
    MediaStatus Media,
    PhoneLines? Phones,
    MediaMetrics Metrics,
    FrameClock Clock,
    TimeSpan ConnectDeadline,
    TimeProvider Time,
    ILogger Logger);

/// <summary>
/// One call over FastAGI: marks the channel, answers, gets audio, lets the handler run, and gives the channel back with
/// variables that say what happened.
/// </summary>
/// <param name="channelId">Asterisk's id of the channel.</param>
internal sealed class AgiCall(AgiSession session, IncomingCall call, string channelId, Guid uuid, CallRequest? request, DropIn dropIn, string audioAddress, AgiServices services)
{
    private string _linkedId = call.LinkedId;

    /// <exception cref="AgiException">The session with Asterisk is lost; nothing more can be told to the channel.</exception>
    public async Task<CallOutcome> RunAsync(CancellationToken stopping)
    {
        var outcome = NotServed(await MarkAndAnswerAsync()) ?? await ServeAsync(stopping);
        await ConcludeAsync(outcome);
        return outcome;
    }

    /// <summary>Gives the call back unserved.</summary>
    public async Task RefuseAsync(string reason) => await ConcludeAsync(NotServed(Ends(CallResult.Refused, reason))!);

    /// <summary>Tells of a call that ends so before it has audio; null = it goes on.</summary>
    private CallOutcome? NotServed(CallOutcome? outcome)
    {
        if (outcome is not null)
            services.Handler.NotServed(call with { LinkedId = _linkedId }, outcome);
        return outcome;
    }

    /// <returns>Null = the channel is up.</returns>
    private async Task<CallOutcome?> MarkAndAnswerAsync()
    {
        // If this service dies in the call, AGISTATUS is SUCCESS all the same: then these are what the dialplan sees.
        List<AgiCommand> commands =
        [
            AgiCommand.SetVariable("VOICEAI_RESULT", CallVariables.Word(CallResult.Error)),
            AgiCommand.SetVariable("VOICEAI_REASON", "service-lost"),
            AgiCommand.SetVariable("VOICEAI_CALL", call.Id),
            .. DropInVariables(null),
        ];
        if (request is null)
        {
            await session.RunAsync(commands);
            return Ends(CallResult.Error, "bad-request");
        }
        // ANSWER does nothing on a channel that is up, so asking for its state first would only cost a round trip.
        commands.Add(AgiCommand.Answer);
        var answer = (await session.RunAsync(commands))[^1];
        if (session.HungUp)
            return CallerHungUp();
        if (answer.DeadChannel)
            return Ends(CallResult.Error, "channel-dead");
        if (!answer.Ok)
            return CallerHungUp();
        // A round trip of 0.1 ms, for the call's record.
        if ((await session.RunAsync(AgiCommand.GetVariable("CHANNEL(linkedid)")))[0].Value is { Length: > 0 } linked)
            _linkedId = CallVariables.OneLine(linked);
        return session.HungUp ? CallerHungUp() : null;
    }

    private async Task<CallOutcome> ServeAsync(CancellationToken stopping)
    {
        await using var leg = new AgiLeg(session, call.Channel, channelId, audioAddress, services);
        if (await leg.OpenAsync(uuid) is { } reply)
            return NotServed(await NoAudioAsync(reply))!;
        var outcome = await HandleAsync(leg, stopping);
        await leg.CloseAsync();
        return outcome;
    }

    private async Task<CallOutcome> HandleAsync(AgiLeg leg, CancellationToken stopping)
    {
        try
        {
            return await services.Handler.HandleAsync(call with { LinkedId = _linkedId }, leg, stopping);
        }
#pragma warning disable CA1031 // Whatever a handler breaks, the caller stays in the dialplan.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            if (leg.HungUp.IsCancellationRequested && broken is OperationCanceledException)
                return CallerHungUp();
            services.Logger.HandlerFailed(broken, call.Channel);
            return Ends(CallResult.Error, "internal");
        }
    }

    private async Task<CallOutcome> NoAudioAsync(AgiReply reply)
    {
        if (session.HungUp)
            return CallerHungUp();
        var status = (await session.RunAsync(AgiCommand.GetVariable("TRYSTATUS")))[0].Value ?? "";
        if (session.HungUp)
            return CallerHungUp();
        var advice = reply.Result == "-2" ? "Load app_exec in Asterisk: TryExec is missing"
            : status == "NOAPP" ? "Load app_audiosocket and res_audiosocket in Asterisk"
            : "Asterisk has to reach that address: see AudioSocket:Address, AudioSocket:Port and AudioSocket:Advertise";
        services.Logger.NoAudio(call.Channel, status, audioAddress, advice);
        return Ends(CallResult.Error, "no-audio");
    }

    /// <summary>Variables first, then the way on. Dead channels take variables as well.</summary>
    private async Task ConcludeAsync(CallOutcome outcome)
    {
        List<AgiCommand> commands =
        [
            .. DropInVariables(outcome),
            .. CallVariables.From(outcome).Select(v => AgiCommand.SetVariable(v.Key, v.Value)),
            .. WayOn(outcome),
        ];
        var replies = await session.RunAsync(commands);
        for (var i = 0; i < replies.Count; i++)
        {
            if (!replies[i].Ran && !session.HungUp && !replies[i].DeadChannel)
                services.Logger.CommandRefused(call.Channel, commands[i].Line.Split('"')[0].TrimEnd(), replies[i].Text);
        }
    }

    private IEnumerable<AgiCommand> DropInVariables(CallOutcome? outcome)
    {
        if (dropIn != DropIn.SpeechRecog)
            yield break;
        var heard = outcome is { Text.Length: > 0 };
        yield return AgiCommand.SetVariable("utterance", heard ? CallVariables.OneLine(outcome!.Text) : "-1");
        yield return AgiCommand.SetVariable("confidence", heard && outcome!.Confidence is { } c ? c.ToString("0.####", CultureInfo.InvariantCulture) : "-1");
    }

    private IEnumerable<AgiCommand> WayOn(CallOutcome outcome)
    {
        if (session.HungUp || session.DeadChannel)
            yield break;
        switch (outcome.Next)
        {
            case NextStep.Transfer transfer:
                if (transfer.Destination.Context.Length > 0)
                    yield return AgiCommand.SetContext(transfer.Destination.Context);
                if (transfer.Destination.Extension.Length > 0)
                    yield return AgiCommand.SetExtension(transfer.Destination.Extension);
                yield return AgiCommand.SetPriority(1);
                break;
            case NextStep.HangUp:
                yield return AgiCommand.HangUp;
                break;
            case NextStep.Continue when dropIn == DropIn.GoogleTts && request is CallRequest.Say say && outcome.Digits.FirstOrDefault(say.InterruptKeys.Contains) is var key and not '\0':
                yield return AgiCommand.SetExtension(key.ToString());
                yield return AgiCommand.SetPriority(1);
                break;
            case NextStep.Continue:
                break;
            default:
                throw new InvalidOperationException($"{outcome.Next} is no way on.");
        }
    }

    private CallOutcome CallerHungUp() => Ends(CallResult.HangUp, "caller-hung-up");

    private CallOutcome Ends(CallResult result, string reason) => new(call.Id, result, reason, NextStep.InDialplan);
}
