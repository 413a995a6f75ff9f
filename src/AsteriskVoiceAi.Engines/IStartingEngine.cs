namespace AsteriskVoiceAi.Engines;

/// <summary>An engine that starts by itself after it was loaded.</summary>
internal interface IStartingEngine
{
    /// <summary>Ends when it is up, or has failed to come up; never faults.</summary>
    Task Started { get; }
}
