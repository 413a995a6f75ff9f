namespace AsteriskVoiceAi.Audio;

/// <summary>The tables of ITU-T G.722 that both directions use: a code has 6 bits for the lower band (4 of them drive its adaptation) and 2 for the upper.</summary>
internal static class G722Codes
{
    /// <summary>Every other coefficient of the 24-tap quadrature mirror filter; the ones between are the same from behind. Sum of both: 2 × 4096.</summary>
    public static readonly int[] Mirror = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    // Reconstructed difference in 1/32768 of the step size, by the upper 4 of the 6 bits (QM4), and what they do to its logarithm (WL by RL42).
    private static readonly int[] Lower4 = [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];
    private static readonly int[] LowerLog = [-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60];

    // The same for the 2 bits of the upper band (QM2, WH by RH2).
    private static readonly int[] Upper2 = [-7408, -1616, 7408, 1616];
    private static readonly int[] UpperLog = [798, -214, 798, -214];

    /// <summary>Lets the lower band follow a code of 6 bits.</summary>
    public static void AdaptLower(G722Band band, int code) => band.Adapt((band.Step * Lower4[code >> 2]) >> 15, LowerLog[code >> 2]);

    /// <summary>Difference that a code of 2 bits stands for.</summary>
    public static int UpperDifference(G722Band band, int code) => (band.Step * Upper2[code]) >> 15;

    public static void AdaptUpper(G722Band band, int code) => band.Adapt(UpperDifference(band, code), UpperLog[code]);

    /// <summary>Moves the last samples down by two and adds two, for the mirror filter.</summary>
    public static void Push(int[] history, int first, int second)
    {
        Array.Copy(history, 2, history, 0, 22);
        (history[22], history[23]) = (first, second);
    }

    /// <summary>The filter's two halves over the last 24 samples.</summary>
    public static (int Even, int Odd) Filter(int[] history)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < 12; i++)
        {
            even += history[2 * i] * Mirror[i];
            odd += history[(2 * i) + 1] * Mirror[11 - i];
        }
        return (even, odd);
    }
}
