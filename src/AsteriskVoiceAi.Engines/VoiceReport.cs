using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Engines;

/// <summary>Who can speak on this machine, for people who ask; loads each voice to be sure, which takes a second for some.</summary>
public static class VoiceReport
{
    /// <param name="IsConfigured">Whether <c>speech.synthesizers</c> names it.</param>
    /// <param name="Detail">Languages and place when available; else what is missing and how to get it, in words.</param>
    public sealed record Voice(string Name, bool IsConfigured, bool IsAvailable, string Detail);

    /// <summary>The configured ones in their order, then those that are installed and not configured.</summary>
    public static async Task<IReadOnlyList<Voice>> MakeAsync(SpeechOptions options)
    {
        using var workers = new EngineWorkers(1, TimeProvider.System);
        using var slots = new SemaphoreSlim(options.Programs);
        using var factories = new SynthesizerFactories(new(options, workers, slots, TimeProvider.System, NullLogger.Instance));
        var configured = SynthesizerFactories.Names(options);
        // flite is one of its voices, and a program would be started for each voice that is in the list anyway.
        var others = factories.All.SelectMany(factory => factory.Names).Except([.. configured, $"flite-{options.FliteVoice}"]).Where(name => !name.StartsWith("piper-program-", StringComparison.Ordinal));
        List<Voice> voices = [];
        foreach (var name in configured)
            voices.Add(await LookAsync(factories, name, isConfigured: true));
        foreach (var name in others)
        {
            if (await LookAsync(factories, name, isConfigured: false) is { IsAvailable: true } voice)
                voices.Add(voice);
        }
        return voices;
    }

    private static async Task<Voice> LookAsync(SynthesizerFactories factories, string name, bool isConfigured)
    {
        try
        {
            var factory = factories.All.FirstOrDefault(factory => factory.Makes(name))
                ?? throw new SpeechEngineException($"there is no such synthesizer; known: {string.Join(", ", factories.All.SelectMany(factory => factory.Names))}");
            var (engine, detail) = factory.Load(name);
            await EndAsync(engine);
            return new(name, isConfigured, IsAvailable: true, detail);
        }
        catch (SpeechEngineException missing)
        {
            return new(name, isConfigured, IsAvailable: false, missing.Message);
        }
    }

    private static async ValueTask EndAsync(ISpeechSynthesizer engine)
    {
        if (engine is IAsyncDisposable ends)
            await ends.DisposeAsync();
        else
            (engine as IDisposable)?.Dispose();
    }
}
