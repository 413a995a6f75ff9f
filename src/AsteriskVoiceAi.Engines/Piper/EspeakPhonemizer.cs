using System.Text;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Espeak;
using AsteriskVoiceAi.Engines.Programs;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>For most voices: espeak-ng's phonemes. Two processes, so that a sentence goes on while one is started anew.</summary>
/// <param name="start">Starts one for the voice.</param>
internal sealed class EspeakPhonemizer(string espeakVoice, Func<CancellationToken, Task<PhonemeProcess>> start, TimeProvider time, ILogger logger) : IPhonemizer
{
    private const int Processes = 2;

    private readonly ProgramPool<PhonemeProcess> _pool = new(
        new($"phonemes-{espeakVoice}", "espeak-ng", "sentences", Processes, TimeSpan.FromSeconds(2), "admit fewer calls")
        {
            // A sentence takes 4 ms: 100 in line wait for a fifth of a second.
            LinePerProcess = 100,
            FirstPause = TimeSpan.FromMilliseconds(10),
        },
        start,
        time,
        logger);

    public async Task<string> SpellAsync(IReadOnlyList<Clause> sentence, CancellationToken cancellationToken)
    {
        await _pool.Started.WaitAsync(cancellationToken);
        var words = sentence.Select(clause => clause.Words).ToList();
        var spelled = await SpellAsync(words, cancellationToken);
        var phonemes = new StringBuilder();
        foreach (var (clause, ipa) in sentence.Zip(spelled))
            phonemes.Append(ipa).Append(clause.Mark).Append(clause.Mark is "," or ";" or ":" ? " " : "");
        return phonemes.ToString();
    }

    /// <summary>A process that somebody has killed is noticed when it is asked; the other one answers then.</summary>
    private async Task<IReadOnlyList<string>> SpellAsync(List<string> words, CancellationToken cancellationToken)
    {
        try
        {
            return await _pool.AskAsync((process, _) => process.SpellAsync(words), cancellationToken);
        }
        catch (SpeechEngineException)
        {
            return await _pool.AskAsync((process, _) => process.SpellAsync(words), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
