using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Gives a channel back to Asterisk: variables first, the result last among them, then where it goes.</summary>
internal static class CallEnding
{
    /// <summary>
    /// Set when a call arrives, so that a dialplan's <c>h</c> extension reads the truth when the caller hangs up: from then
    /// on Asterisk takes no variables from us.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> UntilTheEnd(string call) =>
    [
        new("VOICEAI_CALL", call),
        new("VOICEAI_REASON", "caller-hung-up"),
        new("VOICEAI_RESULT", CallVariables.Word(CallResult.HangUp)),
    ];

    /// <exception cref="AriException">The channel is gone, or Asterisk is.</exception>
    public static async Task LeaveAsync(AriRest rest, string channel, CallOutcome outcome, CancellationToken cancellationToken)
    {
        await SetAsync(rest, channel, CallVariables.From(outcome), cancellationToken);
        await (outcome.Next switch
        {
            NextStep.Continue => rest.ContinueAsync(channel, "", "", cancellationToken),
            NextStep.Transfer { Destination: var to } => rest.ContinueAsync(channel, to.Context, to.Extension, cancellationToken),
            NextStep.HangUp => rest.HangUpAsync(channel, cancellationToken),
            _ => throw new InvalidOperationException($"Next step {outcome.Next} is not known here."),
        });
    }

    /// <summary>All but the last side by side, then the last: two round trips whatever their number. (One request for all needs Asterisk 22.10.)</summary>
    public static async Task SetAsync(AriRest rest, string channel, IEnumerable<KeyValuePair<string, string>> variables, CancellationToken cancellationToken)
    {
        var all = variables.ToList();
        await Task.WhenAll(all.SkipLast(1).Select(v => rest.SetVariableAsync(channel, v.Key, v.Value, cancellationToken)));
        await rest.SetVariableAsync(channel, all[^1].Key, all[^1].Value, cancellationToken);
    }
}
