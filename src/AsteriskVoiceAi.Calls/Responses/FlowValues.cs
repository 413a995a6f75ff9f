using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Slots;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>What a flow's places stand for in one call: slots, what servers answered, and the variables that the dialplan passed.</summary>
/// <param name="state">What is known now.</param>
internal sealed class FlowValues(Flow flow, IReadOnlyDictionary<string, string> variables, Func<ConversationState> state, ILogger logger)
{
    /// <summary>To be said: a date as people say it.</summary>
    public string Spoken(string name) =>
        CallVariables.OneLine(state().Slots.GetValueOrDefault(name) is { Length: > 0 } filled && flow.Slot(name) is { } slot ? SpokenValue.Of(slot.Type, filled) : Value(name));

    /// <summary>For a server: a date as 2026-06-09.</summary>
    public string Plain(string name) => CallVariables.OneLine(state().Slots.GetValueOrDefault(name) is { Length: > 0 } filled ? filled : Value(name));

    private string Value(string name)
    {
        if (state().Saved.TryGetValue(name, out var saved))
            return saved;
        var value = variables.TryGetValue(name, out var passed) && !string.IsNullOrWhiteSpace(passed) ? passed : flow.Variables.GetValueOrDefault(name, "");
        if (value.Length == 0)
            ResponsesLog.VariableMissing(logger, flow.Name, name);
        return value;
    }
}
