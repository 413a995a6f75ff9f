using System.Globalization;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.Benchmarks.Records;

/// <summary>Calls as a day brings them, told as a call tells them; the same ones each time.</summary>
internal sealed class SyntheticCalls(DateTimeOffset first, int count)
{
    private static readonly string[] Intents = ["billing", "tracking", "opening-hours", "operator", "complaint", "refund"];
    private static readonly string[] Prompts =
    [
        "Thanks for calling Fabrikam Parcels. How can I help you today?",
        "What is the invoice number?",
        "4 1 5 2. Is that right?",
        "We're open Monday to Friday from eight to six. Is there anything else I can do for you?",
        "Sorry, I didn't get that. Could you say it in a few words?",
    ];

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(140);

    private readonly Random _random = new(8);

    /// <summary>The change that writes each call whole, as its events make it.</summary>
    public IEnumerable<RecordChange> Changes()
    {
        for (var i = 0; i < count; i++)
        {
            // 24 hours, evenly.
            var began = first + (TimeSpan.FromDays(1) * ((double)i / count));
            var id = Guid.CreateVersion7(began).ToString("N");
            var record = new OpenRecord(id, "benchmark:8090", began.UtcDateTime, keepWords: true);
            foreach (var happened in Events(id, began))
                record.Add(happened, full: false);
            yield return record.Take();
        }
    }

    private IEnumerable<CallEvent> Events(string id, DateTimeOffset began)
    {
        var caller = string.Create(CultureInfo.InvariantCulture, $"555{_random.Next(100_000, 104_000)}");
        var unique = string.Create(CultureInfo.InvariantCulture, $"{began.ToUnixTimeSeconds()}.{_random.Next(100_000)}");
        yield return new CallEvent.Started(id, "stasis:main", "PJSIP/trunk-0001a2b3", caller, "100")
        {
            Facts = new CallFacts(began, "stasis:main", "PJSIP/trunk-0001a2b3", caller, "100", "en", unique, "main", "3fa2c1d90b7e", "rtp", "ulaw"),
        };
        var at = TimeSpan.FromMilliseconds(40);
        var intent = Intents[_random.Next(Intents.Length)];
        var sentences = TelephoneSentences.All;
        for (var turn = 0; turn < 4; turn++)
        {
            yield return new CallEvent.Said(id, at, Prompts[turn], "piper:en_US-joe", Short, TimeSpan.FromSeconds(3), _random.Next(10) == 0 ? "barged-in" : "completed");
            if (turn > 0)
                yield return new CallEvent.Replied(id, at, TimeSpan.FromMilliseconds(_random.Next(500, 900)));
            at += TimeSpan.FromSeconds(7);
            yield return new CallEvent.Heard(id, at, sentences[_random.Next(sentences.Count)].Written, _random.NextDouble(), "moonshine-base", TimeSpan.FromSeconds(2), Short, Short, TimeSpan.Zero);
            yield return new CallEvent.Understood(id, at, intent, _random.NextDouble(), "accept", Short);
            if (turn == 1)
                yield return new CallEvent.Filled(id, at, new Dictionary<string, string> { ["invoice"] = "4152" });
        }
        var result = _random.Next(10) switch { < 5 => ("done", ""), < 8 => ("escalate", "caller-asked"), 8 => ("hangup", "caller-hung-up"), _ => ("no-input", "silence") };
        yield return new CallEvent.Ended(id, at + TimeSpan.FromSeconds(2), result.Item1, result.Item2, intent, "602@billing")
        {
            Audio = new AudioReport("rtp", "ulaw", 1450, 1500, _random.Next(20), _random.Next(5), 0, _random.Next(25), TimeSpan.FromMilliseconds(2.4)),
        };
    }
}
