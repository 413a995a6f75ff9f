namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Sets variables on a channel behind the call's back: one request at a time, and of what waits under one name only the last.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ChannelNotes(AriRest rest, string channel)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _waiting = [];
    private bool _writing;
    private bool _closed;

    public void Set(string variable, string value)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _waiting[variable] = value;
            if (_writing)
                return;
            _writing = true;
        }
        _ = WriteAsync();
    }

    /// <summary>Nothing is set from here on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting.Clear();
        }
    }

    private async Task WriteAsync()
    {
        await Task.Yield();
        while (Take() is { } note)
        {
            try
            {
                await rest.SetVariableAsync(channel, note.Key, note.Value, CancellationToken.None);
            }
            catch (AriException)
            {
                // The channel is gone, or Asterisk is; either way it is told where it matters.
            }
        }
    }

    private KeyValuePair<string, string>? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _writing = false;
                return null;
            }
            var note = _waiting.First();
            _waiting.Remove(note.Key);
            return note;
        }
    }
}
