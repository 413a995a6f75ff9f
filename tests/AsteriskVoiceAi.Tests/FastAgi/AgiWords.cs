using System.Text;

namespace AsteriskVoiceAi.Tests.FastAgi;

/// <summary>How Asterisk splits a command line: words at spaces and tabs, quotes group, a backslash keeps the next character, inside quotes and outside.</summary>
internal static class AgiWords
{
    public static string[] Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length)
                (word ??= new()).Append(line[++i]);
            else if (c == '"')
                (quoted, word) = (!quoted, word ?? new());
            else if (c is ' ' or '\t' && !quoted)
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
            }
            else
                (word ??= new()).Append(c);
        }
        if (word is not null)
            words.Add(word.ToString());
        return [.. words];
    }
}
