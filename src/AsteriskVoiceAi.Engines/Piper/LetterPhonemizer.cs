namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>For voices that were trained on letters.</summary>
internal sealed class LetterPhonemizer : IPhonemizer
{
    public static LetterPhonemizer Instance { get; } = new();

    public Task<string> SpellAsync(IReadOnlyList<Clause> sentence, CancellationToken cancellationToken) =>
        Task.FromResult(string.Join(' ', sentence.Select(clause => clause.Written)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
