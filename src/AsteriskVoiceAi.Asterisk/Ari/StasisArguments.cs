using System.Text;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Reads <c>Stasis(voiceai,FLOW[,name=value…])</c>. Text from the dialplan, which may pass on what a caller sent: data only.</summary>
internal static class StasisArguments
{
    public const string DefaultFlow = "main";

    public static CallRequest.RunFlow Parse(IReadOnlyList<string>? args, ILogger logger)
    {
        var flow = DefaultFlow;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args?.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                variables[Decode(args[i][..equals]).Trim()] = Decode(args[i][(equals + 1)..]);
            else if (i == 0 && args[i].Length > 0)
                flow = Decode(args[i]).Trim();
            else if (args[i].Length > 0)
                logger.UnnamedArgument(i + 1);
        }
        return new CallRequest.RunFlow(flow, variables);
    }

    /// <summary>Percent-decodes what is valid UTF-8; the rest stays as it is, so <c>100%</c> needs no care.</summary>
    /// <summary>
    /// Arguments after the app's name of a running <c>Stasis(voiceai,main,"a=b, c",d=e)</c>, split as Asterisk splits them: commas inside quotes,
    /// parentheses and brackets do not count, quotes and backslashes are dropped.
    /// </summary>
    public static IReadOnlyList<string> Split(string appData)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var (quoted, depth) = (false, 0);
        for (var i = 0; i < appData.Length; i++)
        {
            var c = appData[i];
            if (c == '\\' && i + 1 < appData.Length)
                current.Append(appData[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted && depth == 0)
            {
                arguments.Add(current.ToString());
                current.Clear();
            }
            else
            {
                if (!quoted)
                    depth = Math.Max(0, depth + (c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0));
                current.Append(c);
            }
        }
        arguments.Add(current.ToString());
        return arguments[1..];
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
