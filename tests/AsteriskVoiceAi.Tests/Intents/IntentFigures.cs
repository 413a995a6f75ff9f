using System.Diagnostics;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

/// <summary>How well the router does on labelled sets. The floors are a little under what was measured: a change that costs points shows.</summary>
[Category("Figures")]
public sealed class IntentFigures
{
    [TestCase("ivr_parcel.train", "ivr_parcel.dev", "ivr_parcel.oos_dev", 0.55, 0.62)]
    [TestCase("fewshot/banking77.5shot.s0", "banking77.dev", "clinc150.oos_dev", 0.56, 0.0)]
    [TestCase("fewshot/banking77.10shot.s0", "banking77.dev", "clinc150.oos_dev", 0.66, 0.0)]
    [TestCase("fewshot/banking77.10shot.s0", "banking77.dev.asr", "clinc150.oos_dev", 0.66, 0.0)]
    [TestCase("fewshot/clinc150.5shot.s0", "clinc150.dev", "clinc150.oos_dev", 0.62, 0.84)]
    [TestCase("fewshot/clinc150.10shot.s0", "clinc150.dev", "clinc150.oos_dev", 0.72, 0.86)]
    [TestCase("fewshot/clinc150.10shot.s0", "clinc150.dev.asr", "clinc150.oos_dev", 0.72, 0.86)]
    [TestCase("fewshot/hwu64.10shot.s0", "hwu64.dev", "clinc150.oos_dev", 0.66, 0.0)]
    public void Router_keeps_its_level(string train, string dev, string oos, double accuracy, double outOfScope)
    {
        var folder = IntentMeasure.Folder();
        var examples = IntentMeasure.Examples(IntentMeasure.Read(folder, train));
        var started = Stopwatch.GetTimestamp();
        var router = IntentRouter.Train(examples, "en-US", IntentThresholds.Auto);
        var trained = Stopwatch.GetElapsedTime(started);
        var rows = IntentMeasure.Read(folder, dev);
        started = Stopwatch.GetTimestamp();
        var figures = IntentMeasure.Of(router, rows, IntentMeasure.Read(folder, oos));
        var each = Stopwatch.GetElapsedTime(started) / rows.Count;
        TestContext.Out.WriteLine($"{train} on {dev}: {figures}; trained in {trained.TotalMilliseconds:0} ms, {each.TotalMicroseconds:0} us an utterance");

        Assert.That(figures.Accuracy, Is.GreaterThanOrEqualTo(accuracy));
        Assert.That(figures.OutOfScope, Is.GreaterThanOrEqualTo(outOfScope));
    }
}
