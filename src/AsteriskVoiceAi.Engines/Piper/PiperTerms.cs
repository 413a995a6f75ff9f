namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>What is known of a voice, wherever it runs.</summary>
/// <param name="Name">With what changes the sound, for records and cache keys.</param>
/// <param name="Voices">What prompts may call it, and its speakers.</param>
/// <param name="Languages">In lower case, without region.</param>
/// <param name="SpeakerNumber">Of a speaker's name; of null the configured one's.</param>
internal sealed record PiperTerms(string Name, IReadOnlyList<string> Voices, IReadOnlyList<string> Languages, Func<string?, long> SpeakerNumber);
