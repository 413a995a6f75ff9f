namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>The end of a program's error output, which usually says what is wrong.</summary>
/// <param name="heard">Gets each line as it comes; null = nobody asks.</param>
internal sealed class LastLines(Action<string>? heard = null)
{
    private const int Most = 4;
    private const int LongestLine = 200;

    private readonly Queue<string> _lines = [];

    public async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[1024];
        var line = "";
        for (int n; (n = await reader.ReadAsync(buffer)) > 0;)
        {
            foreach (var character in buffer.AsSpan(0, n))
            {
                if (character == '\n')
                {
                    Keep(line);
                    line = "";
                }
                else if (line.Length < LongestLine)
                {
                    line += char.IsControl(character) ? ' ' : character;
                }
            }
        }
        Keep(line);
    }

    /// <summary><c>: first / second</c>, or nothing.</summary>
    public string AsSuffix()
    {
        lock (_lines)
            return _lines.Count == 0 ? "" : ": " + string.Join(" / ", _lines);
    }

    private void Keep(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        heard?.Invoke(line);
        lock (_lines)
        {
            _lines.Enqueue(line.Trim());
            if (_lines.Count > Most)
                _lines.Dequeue();
        }
    }
}
