using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>One turn of a caller, whole or with pauses in it.</summary>
/// <param name="Samples">8 kHz.</param>
internal sealed record SpokenTurn(short[] Samples, Expectation Expectation);

/// <summary>
/// The turns that endpointing is measured on: a recorded human (Asterisk's prompts) for whole sentences, digits and pairs of sentences;
/// flite in two voices for stops inside a sentence, because only there it is known where words end.
/// </summary>
internal static class SpokenTurns
{
    private static readonly string[] Voices = ["slt", "rms"];

    private static readonly HashSet<string> FunctionWords = new("a about an and are as at because but by can for from if in into is my of on or our that the their to was when where which will with would your".Split(' '), StringComparer.Ordinal);

    private static readonly string[] Requests =
    [
        "I would like to know where my parcel is right now",
        "can you tell me when the delivery will arrive at my house",
        "I want to change the address for my order from last week",
        "please put me through to somebody in the billing department",
        "I have a question about the invoice that you sent me in March",
        "my package was left with a neighbor and now it is gone",
        "could you send the driver to the office on Main Street",
        "I need to book a table for four people at seven in the evening",
        "how much does it cost to send a box to my sister in Canada",
        "I think that the card was charged for the same order twice",
        "we moved to a new house and the mail goes to our old place",
        "is there a way to pick up the parcel at your store",
        "I would like to cancel the order that I made on Monday",
        "the label on my box was wet and nobody can read it",
        "I am calling because the lamp in the box was broken",
        "do you know if the office is open on the first of May",
        "give me the number of the store in the center of town",
        "I would like to pay the bill with a different card",
        "my brother wants to know where to bring the return",
        "please tell the driver to ring the bell at the back door",
    ];

    /// <summary>Sentences of 1 to 8 s.</summary>
    public static async Task<List<SpokenTurn>> WholeAsync() => [.. (await SentencesAsync()).Select(Free)];

    public static async Task<List<SpokenTurn>> StopsAsync(bool afterFunctionWord)
    {
        var turns = new List<SpokenTurn>();
        foreach (var voice in Voices)
        {
            foreach (var request in Requests)
            {
                var sentence = await SpokenSentence.SpeakAsync(request, voice);
                var level = Caller.Levelled(sentence.Samples).Length;
                // Not after the first word, which alone is a short answer, and not before the last.
                var cuts = Enumerable.Range(2, sentence.Words.Length - 4).Where(i => FunctionWords.Contains(sentence.Words[i]) == afterFunctionWord).ToList();
                foreach (var cut in cuts.Where((_, i) => i % 2 == 0).Take(2))
                {
                    var at = sentence.Ends[cut];
                    turns.Add(Free(Caller.Say(Caller.Levelled(sentence.Samples[..at]), Caller.Pause(Caller.Hesitation(turns.Count)), Caller.Levelled(sentence.Samples[at..]))));
                }
            }
        }
        return turns;
    }

    /// <summary>Eight digits in three groups, 0.5 to 1.2 s between them.</summary>
    public static async Task<List<SpokenTurn>> DigitsAsync(bool known)
    {
        double[] pauses = [500, 700, 900, 1050, 1200];
        var random = new Random(7);
        var turns = new List<SpokenTurn>();
        for (var i = 0; i < 40; i++)
        {
            var pieces = new List<short[]>();
            for (var digit = 0; digit < 8; digit++)
            {
                if (digit > 0)
                    pieces.Add(Caller.Pause(digit is 3 or 6 ? pauses[(i + digit) % pauses.Length] : 60));
                pieces.Add(Caller.Levelled(await HumanPrompts.ReadAsync($"digits/{random.Next(10)}")));
            }
            turns.Add(new(Caller.Say([.. pieces]), known ? new Expectation.Digits(8, 8) : new Expectation.Digits(4, 12)));
        }
        return turns;
    }

    /// <summary>Two sentences with 300 to 900 ms between.</summary>
    public static async Task<List<SpokenTurn>> PairsAsync()
    {
        var sentences = await SentencesAsync();
        return [.. Enumerable.Range(0, sentences.Count / 2).Select(i => Free(Caller.Say(sentences[2 * i], Caller.Pause(300 + (i % 7 * 100)), sentences[(2 * i) + 1])))];
    }

    public static async Task<List<SpokenTurn>> YesNoAsync()
    {
        string[] answers = ["yes", "no", "yes please", "no thank you", "yeah", "nope", "that's right", "no that's wrong", "sure", "of course", "yes that is correct", "not really"];
        var turns = new List<SpokenTurn>();
        foreach (var voice in Voices.Append("awb"))
        {
            foreach (var answer in answers)
                turns.Add(new(Caller.Levelled(await Flite.SpeakAsync(answer, voice)), new Expectation.YesNo()));
        }
        return turns;
    }

    private static async Task<List<short[]>> SentencesAsync()
    {
        var sentences = new List<short[]>();
        foreach (var name in HumanPrompts.Texts.Where(text => text.Value.EndsWith('.') && !text.Value[..^1].AsSpan().ContainsAny('.', '?', '!')).Select(text => text.Key).Order(StringComparer.Ordinal))
        {
            var samples = Caller.Levelled(await HumanPrompts.ReadAsync(name));
            if (samples.Length is >= Caller.Rate and <= 8 * Caller.Rate)
                sentences.Add(samples);
        }
        return sentences;
    }

    private static SpokenTurn Free(short[] samples) => new(samples, Expectation.Anything);
}
