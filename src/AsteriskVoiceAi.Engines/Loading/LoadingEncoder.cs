using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Engines.Loading;

/// <summary>A sentence encoder that may still be loading: who asks waits for it.</summary>
/// <remarks>What is no task blocks until then. Only the training of flows asks that, on threads of its own.</remarks>
internal sealed class LoadingEncoder(Task<HearingEngines> loading) : ISentenceEncoder
{
    public string Name => Loaded.Name;

    public string Fingerprint => Loaded.Fingerprint;

    private ISentenceEncoder Loaded => loading.GetAwaiter().GetResult().SentenceEncoder;

    public bool Understands(string language) => Loaded.Understands(language);

    public async ValueTask<float[]> EncodeAsync(string text, CancellationToken cancellationToken) =>
        await (await loading.WaitAsync(cancellationToken)).SentenceEncoder.EncodeAsync(text, cancellationToken);
}
