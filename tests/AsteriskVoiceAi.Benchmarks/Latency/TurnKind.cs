using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Latency;

/// <summary>What callers are asked, by what is expected of them.</summary>
/// <param name="Extension">Asks the same as often as it is answered.</param>
/// <param name="Answers">At 8 kHz, said in turn.</param>
internal sealed record TurnKind(string Name, string Extension, IReadOnlyList<short[]> Answers)
{
    /// <summary>Extensions for kinds that no flow file has yet: the reply to an answer is the next question.</summary>
    public const string Dialplan = """
        [default]
        exten => ask-yes-no,1,Answer()
         same => n(again),AGI(agi://${VOICEAI}/ask?expect=yes-no,"Is that right?",en)
         same => n,GotoIf($["${VOICEAI_RESULT}" = "done"]?again)
         same => n,Hangup()
        exten => ask-digits,1,Answer()
         same => n(again),AGI(agi://${VOICEAI}/ask?expect=digits:4,"Your number, please.",en)
         same => n,GotoIf($["${VOICEAI_RESULT}" = "done"]?again)
         same => n,Hangup()

        """;

    private const int Rate = 8_000;

    /// <summary>The demo's flow by its two ways in, then each closed kind.</summary>
    public static async Task<TurnKind[]> AllAsync() =>
    [
        new("open question, FastAGI", "104", [await Flite.SpeakAsync("What are your opening hours?")]),
        new("open question, ARI", "105", [await Flite.SpeakAsync("What are your opening hours?")]),
        new("yes or no, FastAGI", "ask-yes-no", [await Flite.SpeakAsync("Yes, that's right."), await Flite.SpeakAsync("No.")]),
        new("four digits, FastAGI", "ask-digits", [await NumberAsync("4152"), await NumberAsync("9036"), await NumberAsync("7718")]),
    ];

    /// <summary>A human voice, 100 ms between the digits.</summary>
    private static async Task<short[]> NumberAsync(string digits)
    {
        var samples = new List<short>();
        foreach (var digit in digits)
        {
            samples.AddRange(await HumanPrompts.ReadTrimmedAsync($"digits/{digit}"));
            samples.AddRange(new short[Rate / 10]);
        }
        return [.. samples];
    }
}
