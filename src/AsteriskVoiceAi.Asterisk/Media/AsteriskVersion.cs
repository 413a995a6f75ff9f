using System.Globalization;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>What an Asterisk says it is, e.g. <c>22.10.1+dfsg+~cs6.17</c> or <c>certified-20.7-cert5</c>.</summary>
internal readonly partial record struct AsteriskVersion(int Major, int Minor)
{
    /// <summary>chan_websocket takes <c>transport_data</c>, so <c>f(json)</c>.</summary>
    public bool HasJsonMedia => Major switch
    {
        20 => Minor >= 18,
        22 => Minor >= 8,
        23 => Minor >= 2,
        _ => Major > 23,
    };

    /// <returns>Null = not a release, e.g. a build from git.</returns>
    public static AsteriskVersion? TryParse(string text) =>
        Numbers().Match(text) is { Success: true } match
            ? new AsteriskVersion(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
            : null;

    [GeneratedRegex(@"^(?:certified[-/])?(\d{1,4})\.(\d{1,4})", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
