namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Speech quality by the E-model, ITU-T Recommendation G.107 (06/2015), with its default values for all that is not known here:
/// <code>R = 93.2 - Id - Ie,eff</code>
/// 93.2 is Ro - Is of the defaults (clause 7.7); the advantage factor A is 0.
/// </summary>
public static class EModel
{
    private const double Defaults = 93.2;

    /// <summary>Impairment of G.711 without loss: ITU-T G.113, Appendix I.</summary>
    private const double EquipmentImpairment = 0;

    /// <summary>Robustness of G.711 with concealment against random loss: ITU-T G.113, Appendix I, table I.2. Without concealment it would be 4.3.</summary>
    private const double LossRobustness = 25.1;

    /// <summary>One packet of 20 ms is spoken before it is sent.</summary>
    private const double PacketMilliseconds = 20;

    /// <summary>The transmission rating R, 0 to 93.2.</summary>
    /// <param name="loss">Share of the packets that were not there when they were to be heard, 0 to 1; taken as random (BurstR = 1).</param>
    /// <param name="jitter">A buffer waits for twice of it.</param>
    public static double Rating(double loss, TimeSpan jitter)
    {
        var percent = 100 * Math.Clamp(loss, 0, 1);
        // Ie,eff = Ie + (95 - Ie) Ppl / (Ppl/BurstR + Bpl), equation 7-29
        var lossImpairment = EquipmentImpairment + ((95 - EquipmentImpairment) * percent / (percent + LossRobustness));
        return Math.Max(0, Defaults - DelayImpairment(PacketMilliseconds + (2 * jitter.TotalMilliseconds)) - lossImpairment);
    }

    /// <summary>Mean opinion score of a rating, 1 to 4.5: G.107, Annex B.</summary>
    public static double Mos(double rating) => rating switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        _ => Math.Max(1, 1 + (0.035 * rating) + (rating * (rating - 60) * (100 - rating) * 7e-6)),
    };

    /// <summary>Idd of clause 7.4: a delay of up to 100 ms costs nothing.</summary>
    private static double DelayImpairment(double milliseconds)
    {
        if (milliseconds <= 100)
            return 0;
        var x = Math.Log2(milliseconds / 100);
        return 25 * (Math.Pow(1 + Math.Pow(x, 6), 1.0 / 6) - (3 * Math.Pow(1 + Math.Pow(x / 3, 6), 1.0 / 6)) + 2);
    }
}
