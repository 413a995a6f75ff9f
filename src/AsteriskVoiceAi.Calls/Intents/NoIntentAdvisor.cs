namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Nobody is asked.</summary>
public sealed class NoIntentAdvisor : IIntentAdvisor
{
    private NoIntentAdvisor() { }

    public static NoIntentAdvisor Instance { get; } = new();

    public TimeSpan Budget => TimeSpan.Zero;

    public ValueTask<string?> SuggestAsync(string text, IReadOnlyList<IntentExamples> intents, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    public ValueTask<string?> AnswerAsync(string text, string knowledge, string language, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
}
