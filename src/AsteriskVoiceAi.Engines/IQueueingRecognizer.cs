using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines;

/// <summary>A recogniser that starts by itself and knows how long its line is.</summary>
internal interface IQueueingRecognizer : ISpeechRecognizer
{
    /// <summary>Ends when it is up, or has failed to come up; never faults.</summary>
    Task Started { get; }

    /// <summary>So many wait already that a lighter engine answers sooner.</summary>
    bool IsCongested { get; }
}
