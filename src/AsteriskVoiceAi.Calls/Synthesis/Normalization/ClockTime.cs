namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>A time of day as it was written.</summary>
/// <param name="Hour">0 to 24.</param>
/// <param name="Half">'a', 'p', or null where none was written.</param>
internal readonly record struct ClockTime(int Hour, int Minute, char? Half)
{
    public bool IsValid => Minute is >= 0 and < 60 && (Half is null ? Hour is >= 0 and < 24 || (Hour == 24 && Minute == 0) : Hour is >= 1 and <= 12);

    /// <summary>0 to 23.</summary>
    public int HourOfDay => Half switch
    {
        'p' => (Hour % 12) + 12,
        'a' => Hour % 12,
        _ => Hour % 24,
    };
}
