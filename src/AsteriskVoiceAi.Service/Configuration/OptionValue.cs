using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Values as people write them: text to value and back, and what is allowed, in words.</summary>
internal static partial class OptionValue
{
    private const int LongestShown = 60;

    public static bool IsScalar(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(bool) || type == typeof(TimeSpan) || type == typeof(Uri);

    /// <summary>Element type of a list of scalars, or null.</summary>
    public static Type? ElementOf(Type type)
    {
        var element = type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0])) ? type.GetGenericArguments()[0]
            : null;
        return element is not null && IsScalar(element) ? element : null;
    }

    /// <summary>Fills a list or array of the wanted type.</summary>
    public static object ListOf(Type type, Type elementType, IReadOnlyList<object> elements)
    {
        if (type.IsArray)
        {
            var array = Array.CreateInstance(elementType, elements.Count);
            for (var i = 0; i < elements.Count; i++)
                array.SetValue(elements[i], i);
            return array;
        }
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(elementType))!;
        foreach (var element in elements)
            list.Add(element);
        return list;
    }

    /// <returns>Null = the text is no such value.</returns>
    public static object? Parse(string text, Type type)
    {
        if (type == typeof(string))
            return text;
        text = text.Trim();
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? l : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? d : null;
        if (type == typeof(bool))
            return text.ToUpperInvariant() switch { "TRUE" or "YES" or "ON" => true, "FALSE" or "NO" or "OFF" => false, _ => null };
        if (type == typeof(TimeSpan))
            return ParseDuration(text);
        if (type == typeof(Uri))
            // A bare path is a file:// URI to .NET; nobody means that.
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.Contains("://", StringComparison.Ordinal) ? uri : null;
        return Enum.GetNames(type).FirstOrDefault(name => OptionKey.Kebab(name).Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse(type, found) : null;
    }

    /// <summary>"a whole number", "a duration such as …": what a value must be.</summary>
    public static string Kind(Type type, Type? elementType) =>
        elementType is not null ? $"a list, each entry {Kind(elementType, null)}"
        : type == typeof(string) ? "text"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a duration such as 700ms, 5s, 2m or 00:00:05"
        : type == typeof(Uri) ? "a URL such as http://127.0.0.1:8088/"
        : "one of " + string.Join(", ", Enum.GetNames(type).Select(OptionKey.Kebab));

    /// <summary>A value as it is written in the file.</summary>
    public static string Show(object? value) => value switch
    {
        null => "none",
        "" => "\"\"",
        bool b => b ? "true" : "false",
        TimeSpan span => ShowDuration(span),
        Enum name => OptionKey.Kebab(name.ToString()),
        string text => text,
        Uri uri => Found(uri.ToString()),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Show))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>What was found, fit to be shown: one short line, without the user and password of a URL.</summary>
    public static string Found(string text)
    {
        var line = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        line = Credentials().Replace(line, "://…@");
        return line.Length <= LongestShown ? line : line[..LongestShown] + "…";
    }

    private static TimeSpan? ParseDuration(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        var match = Duration().Match(text);
        if (!match.Success)
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, ["c", @"h\:mm\:ss"], CultureInfo.InvariantCulture, out var span) ? span : null;
        var ticksPerUnit = match.Groups[2].Value switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => TimeSpan.TicksPerDay,
        };
        var ticks = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * ticksPerUnit;
        return ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)Math.Round(ticks)) : null;
    }

    // The largest unit that divides it: 700ms, 90s, 2m.
    private static string ShowDuration(TimeSpan span)
    {
        (string Name, long Ticks)[] units = [("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond)];
        foreach (var (name, ticks) in units)
        {
            if (span.Ticks != 0 && span.Ticks % ticks == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / ticks}{name}");
        }
        return span == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds}ms");
    }

    [GeneratedRegex(@"^([0-9]+(?:\.[0-9]+)?) ?(ms|s|m|h|d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex("://[^/@\\s]*@", RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();
}
