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
    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
