using System.Globalization;
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
        var words = text?.Render(Value) ?? "";
        return Words(words);
    }

    public IEnumerable<Prompt> Goodbye() => Words(_standard?.Goodbye ?? "");

    public IEnumerable<Prompt> GoAhead() => Words(_standard?.GoAhead ?? "");

    /// <summary>"Did you want …?"; nothing where neither the flow nor we have words for it.</summary>
    public IEnumerable<Prompt> Question(FlowIntent intent)
    {
        if (intent.Confirm is not null)
            return Say(intent.Confirm);
        return _standard is null ? [] : Words(string.Format(CultureInfo.InvariantCulture, _standard.DidYouWant, intent.Title));
    }

    private IEnumerable<Prompt> Words(string text) => string.IsNullOrWhiteSpace(text) ? [] : [new Prompt(text, flow.Language) { Voice = flow.Voice }];

    private string Value(string name)
    {
        var value = variables.TryGetValue(name, out var passed) && !string.IsNullOrWhiteSpace(passed) ? passed : flow.Variables.GetValueOrDefault(name, "");
        if (value.Length == 0)
            ResponsesLog.VariableMissing(logger, flow.Name, name);
        return CallVariables.OneLine(value);
    }
}
