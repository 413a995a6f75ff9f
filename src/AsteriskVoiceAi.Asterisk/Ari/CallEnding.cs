using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Gives a channel back to Asterisk: variables first, the result last among them, then where it goes.</summary>
internal static class CallEnding
{
    /// <summary>
    /// Sets what is true if the caller hangs up, when the call arrives: a dialplan's <c>h</c> extension reads it, and from
    /// the hangup on Asterisk takes no variables from us. All at once, since a caller may hang up within milliseconds.
    /// </summary>
    /// <exception cref="AriException">The channel is gone, or Asterisk is.</exception>
    public static Task ForeseeHangUpAsync(AriRest rest, string channel, string call, CancellationToken cancellationToken) => Task.WhenAll(
        rest.SetVariableAsync(channel, "VOICEAI_RESULT", CallVariables.Word(CallResult.HangUp), cancellationToken),
        rest.SetVariableAsync(channel, "VOICEAI_REASON", "caller-hung-up", cancellationToken),
        rest.SetVariableAsync(channel, CallVariables.Call, call, cancellationToken));

    /// <summary>The next step is taken also when a variable was refused, and tried twice: else the caller would stay with us in silence.</summary>
    /// <exception cref="AriException">The channel is gone, or Asterisk is; or a variable could not be set.</exception>
    public static async Task LeaveAsync(AriRest rest, string channel, CallOutcome outcome, CancellationToken cancellationToken)
    {
        AriException? refused = null;
        try
        {
            await SetAsync(rest, channel, CallVariables.From(outcome), cancellationToken);
        }
        catch (AriException e) when (!e.IsGone)
        {
            refused = e;
        }
        try
        {
            await StepAsync(rest, channel, outcome.Next, cancellationToken);
        }
        catch (AriException e) when (e.MayRetry)
        {
            await StepAsync(rest, channel, outcome.Next, cancellationToken);
        }
        if (refused is not null)
            throw refused;
    }

    private static Task StepAsync(AriRest rest, string channel, NextStep next, CancellationToken cancellationToken) => next switch
    {
        NextStep.Continue => rest.ContinueAsync(channel, "", "", cancellationToken),
        NextStep.Transfer { Destination: var to } => rest.ContinueAsync(channel, to.Context, to.Extension, cancellationToken),
        NextStep.HangUp => rest.HangUpAsync(channel, cancellationToken),
        _ => throw new InvalidOperationException($"Next step {next} is not known here."),
    };

    /// <summary>All but the last side by side, then the last: two round trips whatever their number. (One request for all needs Asterisk 22.10.)</summary>
    private static async Task SetAsync(AriRest rest, string channel, IReadOnlyList<KeyValuePair<string, string>> variables, CancellationToken cancellationToken)
    {
        await Task.WhenAll(variables.SkipLast(1).Select(v => rest.SetVariableAsync(channel, v.Key, v.Value, cancellationToken)));
        await rest.SetVariableAsync(channel, variables[^1].Key, variables[^1].Value, cancellationToken);
    }
}
