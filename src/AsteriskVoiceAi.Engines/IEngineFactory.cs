using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines;

/// <summary>Makes the engines of one kind from one folder of this project, by the names that the configuration uses.</summary>
internal interface IEngineFactory<TEngine>
{
    /// <summary>The names it knows, for messages and for <c>auto</c>: those that could be made on this machine come with it installed.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether the name is one of its own.</summary>
    bool Makes(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <exception cref="SpeechEngineException">What it needs is missing; the message says what, and how to get it.</exception>
    LoadedEngine<TEngine> Load(string name);
}

/// <summary>An engine that is ready.</summary>
/// <param name="Detail">Version and place, for the report.</param>
internal readonly record struct LoadedEngine<TEngine>(TEngine Engine, string Detail);
