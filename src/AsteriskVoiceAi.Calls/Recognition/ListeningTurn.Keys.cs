using System.Text;

namespace AsteriskVoiceAi.Calls.Recognition;

/// <content>Keys: they stop the prompt, take the place of what was said, and end by themselves.</content>
internal sealed partial class ListeningTurn
{
    /// <summary>Quiet after a key that ends a number of keys: people look for the next key for up to 2 s.</summary>
    public static readonly TimeSpan InterKey = TimeSpan.FromSeconds(2);

    private readonly StringBuilder _keys = new();
    private long? _lastKey;

    /// <summary>Keys pressed so far.</summary>
    public string Keys
    {
        get
        {
            lock (_gate)
                return _keys.ToString();
        }
    }

    public void Press(char key)
    {
        lock (_gate)
        {
            if (_result.Task.IsCompleted || !_terms.Keys.Contains(key, StringComparison.Ordinal))
                return;
            if (_speechStart is not null && _terms.EndKeys.Contains(key, StringComparison.Ordinal))
            {
                _finish = true;
                return;
            }
            if (key == '#' && _keys.Length > 0)
            {
                End(new ListenResult.Digits(_keys.ToString()));
                return;
            }
            _keys.Append(key);
            _lastKey = _memory.Position;
            _window?.Close();
            DropSpeech();
            _stop.Decide(wasFalse: false);
            if (_terms.KeysComplete(_keys.ToString()))
                End(new ListenResult.Digits(_keys.ToString()));
        }
        PromptStop.Stop();
    }

    private void EndKeysAfterQuiet(long lastKey)
    {
        if (_memory.Position - lastKey >= Samples(InterKey))
            End(new ListenResult.Digits(_keys.ToString()));
    }
}
