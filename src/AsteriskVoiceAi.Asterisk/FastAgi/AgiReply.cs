using System.Globalization;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>One reply.</summary>
/// <remarks><code>
/// 200 result=1 (value) endpos=3404
/// 510 Invalid or unknown command
/// 511 Command Not Permitted on a dead channel or intercept routine
/// 520-Invalid command syntax.  Proper usage follows:   … 520 End of proper usage.
/// </code></remarks>
/// <param name="Code">200, 510, 511 or 520.</param>
/// <param name="Result">What follows <c>result=</c>, empty when nothing does.</param>
/// <param name="Value">What is in parentheses; null = no parentheses.</param>
/// <param name="EndPosition">Samples played or recorded.</param>
/// <param name="Text">The whole first line.</param>
internal sealed record AgiReply(int Code, string Result, string? Value, int? EndPosition, string Text)
{
    /// <summary>The command ran; what it says may still be a failure.</summary>
    public bool Ran => Code == 200;

    public bool Ok => Ran && Result != "-1";

    /// <summary>The channel is gone; only variables can be read and set.</summary>
    public bool DeadChannel => Code == 511;

    /// <returns>Null = not a reply line. <c>520-</c> is the first line of several and gives a reply as well.</returns>
    public static AgiReply? Parse(string line)
    {
        if (line.Length < 4 || line[3] is not (' ' or '-') || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code < 100)
            return null;
        var rest = line[4..];
        var result = "";
        if (rest.StartsWith("result=", StringComparison.Ordinal))
        {
            rest = rest["result=".Length..];
            var end = rest.IndexOf(' ', StringComparison.Ordinal);
            result = end < 0 ? rest : rest[..end];
            rest = end < 0 ? "" : rest[end..];
        }
        int? endPosition = null;
        if (rest.LastIndexOf(" endpos=", StringComparison.Ordinal) is >= 0 and var at
            && int.TryParse(rest.AsSpan(at + " endpos=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            endPosition = position;
            rest = rest[..at];
        }
        // To the last parenthesis: a value may hold some itself.
        var open = rest.IndexOf('(', StringComparison.Ordinal);
        var close = rest.LastIndexOf(')');
        var value = open < 0 ? null : close > open ? rest[(open + 1)..close] : rest[(open + 1)..];
        return new(code, result, value, endPosition, line);
    }
}
