namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>A value read from an answer.</summary>
/// <param name="Value">In the type's own form.</param>
/// <param name="Confidence">0 to 1: below <see cref="Sure"/> it should be read back.</param>
public sealed record SlotReading(string Value, double Confidence)
{
    /// <summary>Said plainly, without corrections, guesses or other words between.</summary>
    public const double Clear = 0.95;

    /// <summary>Said among other words, or in a form with two meanings.</summary>
    public const double Likely = 0.8;

    /// <summary>Guessed or put together from a correction.</summary>
    public const double Guessed = 0.6;

    /// <summary>From here on a value needs no reading back but where the flow asks for it.</summary>
    public const double Sure = 0.9;
}
