using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>Words of a flow as prompts for one call: its language, and the variables that the dialplan passed.</summary>
internal sealed class FlowVoice(Flow flow, IReadOnlyDictionary<string, string> variables, ILogger logger)
{
    private readonly StandardTexts? _standard = StandardTexts.For(flow.Language);

    /// <summary>The text, or nothing when its variables leave no words.</summary>
    public IEnumerable<Prompt> Say(FlowText? text)
    {
        return Words(text?.Render(Value) ?? "", text is { IsStatic: true });
    }

    public IEnumerable<Prompt> Goodbye() => Words(_standard?.Goodbye ?? "", isFixed: true);

    public IEnumerable<Prompt> GoAhead() => Words(_standard?.GoAhead ?? "", isFixed: true);

    /// <summary>"Did you want …?"; nothing where neither the flow nor we have words for it.</summary>
    public IEnumerable<Prompt> Question(FlowIntent intent)
    {
        if (intent.Confirm is not null)
            return Say(intent.Confirm);
        return Words(_standard?.Question(intent.Title) ?? "", isFixed: true);
    }

    private IEnumerable<Prompt> Words(string text, bool isFixed) => string.IsNullOrWhiteSpace(text) ? [] : [new Prompt(text, flow.Language) { IsFixed = isFixed }];

    private string Value(string name)
    {
        var value = variables.TryGetValue(name, out var passed) && !string.IsNullOrWhiteSpace(passed) ? passed : flow.Variables.GetValueOrDefault(name, "");
        if (value.Length == 0)
            ResponsesLog.VariableMissing(logger, flow.Name, name);
        return CallVariables.OneLine(value);
    }
}
