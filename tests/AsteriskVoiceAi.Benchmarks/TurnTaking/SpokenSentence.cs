using System.Globalization;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.TurnTaking;

/// <summary>A sentence by flite, and where its words end: said as a whole, so that a part of it has the melody of something that goes on.</summary>
/// <param name="Samples">8 kHz.</param>
/// <param name="Ends">For each word the sample after it.</param>
internal sealed record SpokenSentence(string[] Words, short[] Samples, int[] Ends)
{
    private const int Rate = 8000;

    public static async Task<SpokenSentence> SpeakAsync(string text, string voice)
    {
        var words = text.Split(' ');
        var folder = Directory.CreateTempSubdirectory("voiceai-cut-");
        try
        {
            var file = Path.Combine(folder.FullName, "speech.wav");
            var phones = await PhonesAsync(text, voice, file);
            var ends = new int[words.Length];
            for (var i = 0; i < words.Length; i++)
            {
                // The first words alone have as many phones as in the sentence: that many phones from its start end the word.
                var count = i + 1 == words.Length ? phones.Count : Math.Min(phones.Count, (await PhonesAsync(string.Join(' ', words[..(i + 1)]), voice, "none")).Count);
                ends[i] = (int)(phones[count - 1] * Rate);
            }
            return new(words, (await WavFile.ReadAsync(file)).At8000().Samples, ends);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Ends of the phones in seconds, without the pauses. Output: <c>pau:0.220 ay:0.415 … pau:2.322</c>.</summary>
    private static async Task<List<double>> PhonesAsync(string text, string voice, string file)
    {
        var printed = await ChildProcess.RunAsync("flite", "flite", ["-voice", voice, "-psdur", "-t", text, "-o", file]);
        return [.. printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(phone => phone.Split(':'))
            .Where(phone => phone.Length == 2 && phone[0] != "pau")
            .Select(phone => double.Parse(phone[1], CultureInfo.InvariantCulture))];
    }
}
