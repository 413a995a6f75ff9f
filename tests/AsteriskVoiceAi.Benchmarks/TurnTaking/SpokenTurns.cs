using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>One turn of a caller, whole or with pauses in it.</summary>
/// <param name="Samples">8 kHz.</param>
internal sealed record SpokenTurn(short[] Samples, Expectation Expectation);

/// <summary>
/// The turns that endpointing is measured on: a recorded human (Asterisk's prompts, a professional who never hesitated: pauses are put in), and flite
/// in two voices, whose words end where it says. Both are what can be had with known words and a free licence; neither is a caller who thinks.
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
    public static async Task<List<SpokenTurn>> WholeAsync() => [.. (await SentencesAsync()).Select(sentence => Free(sentence.Samples))];

    /// <summary>Recordings of up to a second: "the sales department", "goodbye".</summary>
    public static async Task<List<SpokenTurn>> FewWordsAsync()
    {
        var turns = new List<SpokenTurn>();
        foreach (var name in HumanPrompts.Texts.Where(text => text.Value.Any(char.IsLower) && !text.Value.Contains("...", StringComparison.Ordinal) && !text.Key.Contains('/', StringComparison.Ordinal)).Select(text => text.Key).Order(StringComparer.Ordinal))
        {
            var samples = Caller.Levelled(await HumanPrompts.ReadAsync(name));
            if (samples.Length is >= Caller.Rate / 4 and < Caller.Rate)
                turns.Add(Free(samples));
        }
        return turns;
    }

    /// <summary>What callers answer to "How can I help you?" in a hurry.</summary>
    public static async Task<List<SpokenTurn>> FewWordsOfFliteAsync()
    {
        string[] answers = ["billing", "track my parcel", "opening hours", "an agent please", "sales department", "operator", "technical support", "cancel my order", "where is my package", "a question about my bill", "customer service", "change my address"];
        var turns = new List<SpokenTurn>();
        foreach (var voice in Voices.Append("awb"))
        {
            foreach (var answer in answers)
                turns.Add(Free(Caller.Levelled(await Flite.SpeakAsync(answer, voice))));
        }
        return turns;
    }

    /// <summary>The requests that <see cref="StopsAsync"/> breaks off, in one go.</summary>
    public static async Task<List<SpokenTurn>> RequestsAsync()
    {
        var turns = new List<SpokenTurn>();
        foreach (var voice in Voices)
        {
            foreach (var request in Requests)
                turns.Add(Free(Caller.Levelled(await Flite.SpeakAsync(request, voice))));
        }
        return turns;
    }

    /// <summary>Flite's requests with a hesitation in them.</summary>
    public static async Task<List<SpokenTurn>> StopsAsync(bool afterFunctionWord)
    {
        var turns = new List<SpokenTurn>();
        foreach (var voice in Voices)
        {
            foreach (var request in Requests)
            {
                var sentence = await SpokenSentence.SpeakAsync(request, voice);
                AddStops(turns, sentence.Words, sentence.Samples, sentence.Ends, afterFunctionWord);
            }
        }
        return turns;
    }

    /// <summary>The human's sentences with a hesitation in them. Where their words end is estimated: see <see cref="WordAlignment"/>.</summary>
    public static async Task<List<SpokenTurn>> HumanStopsAsync(bool afterFunctionWord)
    {
        var turns = new List<SpokenTurn>();
        foreach (var (name, samples) in await SentencesAsync())
        {
            var words = HumanPrompts.Texts[name].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var sentence = await SpokenSentence.SpeakAsync(string.Join(' ', words.Select(word => word.Trim('.', ',', ';', '"'))), Voices[0]);
            if (words.Length >= 5 && WordAlignment.Ends(sentence, samples) is { } ends)
                AddStops(turns, words, samples, ends, afterFunctionWord);
        }
        return turns;
    }

    private static void AddStops(List<SpokenTurn> turns, string[] words, short[] samples, int[] ends, bool afterFunctionWord)
    {
        // Not after the first words, which alone are a short answer, not before the last, and not where a comma lets people pause anyway.
        var cuts = Enumerable.Range(2, words.Length - 4).Where(i => char.IsLetter(words[i][^1]) && FunctionWords.Contains(words[i].ToLowerInvariant()) == afterFunctionWord).ToList();
        foreach (var at in cuts.Where((_, i) => i % 2 == 0).Take(2).Select(cut => ends[cut]))
            turns.Add(Free(Caller.Say(samples[..at], Caller.Pause(Caller.Hesitation(turns.Count)), samples[at..])));
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
        return [.. Enumerable.Range(0, sentences.Count / 2).Select(i => Free(Caller.Say(sentences[2 * i].Samples, Caller.Pause(300 + (i % 7 * 100)), sentences[(2 * i) + 1].Samples)))];
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

    private static async Task<List<(string Name, short[] Samples)>> SentencesAsync()
    {
        var sentences = new List<(string, short[])>();
        foreach (var name in HumanPrompts.Texts.Where(text => text.Value.EndsWith('.') && !text.Value[..^1].AsSpan().ContainsAny('.', '?', '!')).Select(text => text.Key).Order(StringComparer.Ordinal))
        {
            var samples = Caller.Levelled(await HumanPrompts.ReadAsync(name));
            if (samples.Length is >= Caller.Rate and <= 8 * Caller.Rate)
                sentences.Add((name, samples));
        }
        return sentences;
    }

    private static SpokenTurn Free(short[] samples) => new(samples, Expectation.Anything);
}
