using System.Text;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>One command line without its line feed. Whatever the value, it is one line, one command and one word.</summary>
internal readonly record struct AgiCommand
{
    /// <summary>Asterisk cuts longer lines and runs the rest as further commands.</summary>
    public const int MaxBytes = 8190;

    private AgiCommand(string line)
    {
        // Asterisk reads any line that begins so, in any case, as our wish to fail the call.
        if (line.StartsWith("failure", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("A command must not begin with 'failure'.", nameof(line));
        Line = line;
    }

    public string Line { get; }

    public static AgiCommand Answer { get; } = new("ANSWER");

    public static AgiCommand HangUp { get; } = new("HANGUP");

    /// <summary>Refused once the channel has hung up.</summary>
    public static AgiCommand ChannelStatus { get; } = new("CHANNEL STATUS");

    /// <param name="name">A name of ours, never one from outside: it may be a dialplan function.</param>
    public static AgiCommand SetVariable(string name, string value) => WithValue($"SET VARIABLE {Word(name)} ", value);

    /// <param name="name">A name of ours, never one from outside: it may be a dialplan function.</param>
    public static AgiCommand GetVariable(string name) => new($"GET VARIABLE {Word(name)}");

    public static AgiCommand Exec(string application, string arguments) => WithValue($"EXEC {Word(application)} ", arguments);

    public static AgiCommand SetContext(string context) => WithValue("SET CONTEXT ", context);

    public static AgiCommand SetExtension(string extension) => WithValue("SET EXTENSION ", extension);

    public static AgiCommand SetPriority(int priority) => new($"SET PRIORITY {priority}");

    private static AgiCommand WithValue(string head, string value)
    {
        var line = new StringBuilder(head, head.Length + value.Length + 16).Append('"');
        var left = MaxBytes - head.Length - 2;
        Span<char> utf16 = stackalloc char[2];
        foreach (var rune in value.EnumerateRunes())
        {
            // A raw line feed is a second command. There is no escape for one: \n would be read as n.
            if (Rune.IsControl(rune))
                continue;
            var escaped = rune.Value is '\\' or '"';
            left -= rune.Utf8SequenceLength + (escaped ? 1 : 0);
            if (left < 0)
                break;
            if (escaped)
                line.Append('\\');
            line.Append(utf16[..rune.EncodeToUtf16(utf16)]);
        }
        return new(line.Append('"').ToString());
    }

    private static string Word(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '(' or ')'))
                throw new ArgumentException($"'{name}' is no variable or application name.", nameof(name));
        }
        return name;
    }
}
