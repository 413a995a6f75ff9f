namespace AsteriskVoiceAi.Asterisk.Doctor;

/// <summary>How a test call went.</summary>
/// <param name="Problem">What went wrong, in an operator's words; null = sound was heard both ways and nothing is left of the call.</param>
/// <param name="Transport">How its audio travelled, and why so; empty = it did not get that far.</param>
/// <param name="FramesUp">Frames of 20 ms with the phone's tone that came to the service.</param>
/// <param name="FramesDown">Frames of 20 ms with the service's tone that came to the phone.</param>
public sealed record LoopedCallResult(string? Problem, string Transport, int FramesUp, int FramesDown);
