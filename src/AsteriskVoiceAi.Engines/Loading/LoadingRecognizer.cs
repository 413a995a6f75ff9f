using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines.Loading;

/// <summary>Recognition while models may still be loading: who has something to be heard waits for them.</summary>
internal sealed class LoadingRecognizer(Task<HearingEngines> loading) : ISpeechRecognizer
{
    /// <summary>Blocks until they are loaded, and so does <see cref="Hears"/>: no call asks.</summary>
    public string Name => loading.GetAwaiter().GetResult().Recognizer.Name;

    public bool Hears(string language) => loading.GetAwaiter().GetResult().Recognizer.Hears(language);

    public async ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<float> speech, Expectation expectation, string language, CancellationToken cancellationToken) =>
        await (await loading.WaitAsync(cancellationToken)).Recognizer.RecognizeAsync(speech, expectation, language, cancellationToken);
}
