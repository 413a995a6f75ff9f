using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>A synthesiser that says each word as 200 ms of a sample value of its own, so that what was played can be read back.</summary>
internal sealed class FakeVoice(Action changed) : ISpeechSynthesizer
{
    /// <summary>Samples of a word: 8000 per second × 0.2 s.</summary>
    public const int Word = 1600;

    private readonly Lock _gate = new();
    private readonly List<string> _words = [];
    private readonly List<string> _asked = [];
    private readonly List<string> _cancelled = [];
    private readonly Dictionary<string, TaskCompletionSource> _held = [];

    public string Name => "fake-voice";

    /// <summary>Texts that cannot be said.</summary>
    public Func<string, bool> Breaks { get; set; } = _ => false;

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    /// <summary>Texts whose synthesis was given up.</summary>
    public IReadOnlyList<string> Cancelled
    {
        get
        {
            lock (_gate)
                return [.. _cancelled];
        }
    }

    /// <summary>Whether it goes on with a text that nobody wants any more.</summary>
    public bool IsStubborn { get; set; }

    /// <summary>Languages that it speaks; null = all.</summary>
    public IReadOnlyList<string>? Languages { get; set; }

    public bool Speaks(string language) => Languages?.Contains(language) ?? true;

    /// <summary>The text is not ready before it is let go.</summary>
    public void Hold(string text) => _held[text] = new TaskCompletionSource();

    public void LetGo(string text) => _held[text].SetResult();

    public async ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        lock (_gate)
            _asked.Add(prompt.Text);
        changed();
        if (_held.TryGetValue(prompt.Text, out var held))
            await WaitAsync(prompt.Text, held.Task, cancellationToken);
        if (Breaks(prompt.Text))
            throw new SpeechEngineException($"fake-voice: cannot say \"{prompt.Text}\"");
        return new SpokenPrompt(prompt.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Enumerable.Repeat(Value(word), Word)).ToArray(), FakeLeg.Rate);
    }

    /// <summary>The words in a stretch of audio; a word that was cut off ends in "…".</summary>
    public string Read(IReadOnlyList<short> samples)
    {
        var words = new List<string>();
        for (int at = 0, end; at < samples.Count; at = end)
        {
            for (end = at; end < samples.Count && samples[end] == samples[at]; end++) ;
            // Anything shorter than a frame is another sound, such as the beep.
            if (samples[at] <= 0 || end - at < FakeLeg.Frame || WordOf(samples[at]) is not { } word)
                continue;
            words.AddRange(Enumerable.Repeat(word, (end - at) / Word));
            if ((end - at) % Word > 0)
                words.Add(word + "…");
        }
        return string.Join(' ', words);
    }

    private async Task WaitAsync(string text, Task held, CancellationToken cancellationToken)
    {
        try
        {
            await held.WaitAsync(IsStubborn ? CancellationToken.None : cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
                _cancelled.Add(text);
            changed();
            throw;
        }
    }

    private short Value(string word)
    {
        lock (_gate)
        {
            if (!_words.Contains(word))
                _words.Add(word);
            return (short)(_words.IndexOf(word) + 1);
        }
    }

    private string? WordOf(short value)
    {
        lock (_gate)
            return value <= _words.Count ? _words[value - 1] : null;
    }
}
