using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>What the dialplan's <c>URIENCODE()</c> makes, undone. A plus sign is a plus sign.</summary>
internal static class PercentDecoding
{
    /// <summary>Decodes escapes that make UTF-8 and leaves every other % as it is: "50% off" is no mistake. Control characters become spaces.</summary>
    public static string Decode(string text)
    {
        var decoded = new StringBuilder(text.Length);
        var run = new byte[text.Length / 3];
        for (var i = 0; i < text.Length;)
        {
            var n = 0;
            while (TryEscape(text, i + 3 * n, out var value))
                run[n++] = value;
            if (n > 0 && Utf8.IsValid(run.AsSpan(0, n)))
            {
                decoded.Append(Encoding.UTF8.GetString(run, 0, n));
                i += 3 * n;
                continue;
            }
            var plain = Math.Max(1, 3 * n);
            decoded.Append(text, i, plain);
            i += plain;
        }
        for (var i = 0; i < decoded.Length; i++)
        {
            if (char.IsControl(decoded[i]))
                decoded[i] = ' ';
        }
        return decoded.ToString();
    }

    private static bool TryEscape(string text, int at, out byte value)
    {
        value = 0;
        return at + 2 < text.Length && text[at] == '%'
            && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
