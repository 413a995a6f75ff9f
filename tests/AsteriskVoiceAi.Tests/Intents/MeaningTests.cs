using System.Text.Json;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class MeaningTests
{
    private static readonly IntentExamples[] Shop =
    [
        new("billing", ["a question about my bill", "pay a bill", "copy of an invoice", "wrong invoice"]),
        new("sales", ["buy a phone", "I want to buy", "purchase a contract", "purchase something"]),
    ];

    private static readonly FakeEncoder Encoder = new("bill invoice money", "buy purchase shopping");

    private static readonly IntentTraining Training = new(Encoder, null, NullLogger.Instance);

    [Test]
    public async Task Caller_who_says_it_in_other_words_is_understood_by_the_meaning()
    {
        var router = Training.Train("shop", Shop, "en-US", IntentThresholds.Auto);
        const string Said = "about the money please";

        Assert.That(router.HasMeaning);
        Assert.That(router.Best(Said, await Encoder.EncodeAsync(Said, CancellationToken.None)).Intent, Is.EqualTo("billing"));
        Assert.That(router.Best(Said, await Encoder.EncodeAsync(Said, CancellationToken.None)).Confidence, Is.GreaterThan(router.Best("zebras at night", await Encoder.EncodeAsync("zebras at night", CancellationToken.None)).Confidence));
    }

    [Test]
    public void Encoder_that_breaks_costs_the_meaning_and_not_the_flow()
    {
        var router = new IntentTraining(new FakeEncoder("bill") { Breaks = true }, null, NullLogger.Instance).Train("shop", Shop, "en-US", IntentThresholds.Auto);

        Assert.That(router.HasMeaning, Is.False);
        Assert.That(router.Best("pay a bill").Intent, Is.EqualTo("billing"));
    }

    [Test]
    public async Task Utterance_without_a_vector_is_understood_by_its_words()
    {
        var broken = new FakeEncoder("bill invoice", "buy");
        var training = new IntentTraining(broken, null, NullLogger.Instance);
        var router = training.Train("shop", Shop, "en-US", IntentThresholds.Auto);
        broken.Breaks = true;

        Assert.That(await training.VectorAsync(router, "pay a bill", CancellationToken.None), Is.Null);
        Assert.That(router.Best("pay a bill", null).Intent, Is.EqualTo("billing"));
    }

    [Test]
    public void Second_reading_decides_where_the_first_says_nothing()
    {
        var router = IntentRouter.Train(Shop, "en-US", IntentThresholds.Auto);

        Assert.That(router.Best([new Reading("pave hill", 0.5, null), new Reading("pay my bill", 0.45, null)]).Intent, Is.EqualTo("billing"));
        Assert.That(router.Best([new Reading("pay my bill", 0.5, null), new Reading("buy a phone", 0.5, null)]).Confidence, Is.LessThan(router.Best("pay my bill").Confidence));
    }

    [Test]
    public async Task Reference_of_the_parcel_service_is_met()
    {
        var rows = IntentMeasure.Read(IntentMeasure.Folder(), "ivr_parcel.train");
        var intents = IntentMeasure.Examples(rows);
        var vectors = await new ExampleVectors(InstalledEncoder.Encoder, null, NullLogger.Instance).OfAsync("parcel", IntentRouter.Texts(intents), CancellationToken.None);
        var router = IntentRouter.Train(intents, "en-US", IntentThresholds.Auto, vectors, new Temperatures(7, 2, 7));
        var lines = File.ReadLines(InstalledEncoder.Data("parcel-reference.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.That(router.Names, Is.EqualTo(lines[0].GetProperty("classes").EnumerateArray().Select(name => name.GetString())));
        Assert.That(router.Model.MeaningLoss, Is.EqualTo(lines[0].GetProperty("loss_E").GetDouble()).Within(0.01));
        foreach (var line in lines.Skip(1))
        {
            var text = line.GetProperty("text").GetString()!;
            var vector = await InstalledEncoder.Encoder.EncodeAsync(text, CancellationToken.None);
            var evidence = router.Look(Utterance.Words(text), vector);
            Assert.That(router.Model.Regression(vector), Is.EqualTo(Values(line, "zE")).Within(0.02), text);
            // Both machines are solved to a tolerance of their own.
            Assert.That(evidence.Words, Is.EqualTo(Values(line, "zN")).Within(0.1), text);
            Assert.That(evidence.Cosine, Is.EqualTo(line.GetProperty("cosE").GetDouble()).Within(0.001), text);
        }
    }

    private static double[] Values(JsonElement line, string name) => [.. line.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
