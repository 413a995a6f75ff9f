namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>How a Piper voice speaks.</summary>
/// <param name="Noise">How much the sound varies: 0 = always the same.</param>
/// <param name="Length">How long it takes: 1 is the voice's own pace, 2 half as fast.</param>
/// <param name="NoiseWidth">How much the length of sounds varies.</param>
internal readonly record struct PiperScales(float Noise, float Length, float NoiseWidth);
