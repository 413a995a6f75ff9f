using System.Diagnostics;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

/// <summary>How well the router does on labelled sets. The floors are a little under what was measured: a change that costs points shows.</summary>
[Category("Figures")]
public sealed class IntentFigures
{
    private const string Slow = "takes seconds to a minute; run it after a change of the router";

    [TestCase("ivr_parcel.train", "ivr_parcel.dev", "ivr_parcel.oos_dev", 0.57, 0.20, 0.69)]
    [TestCase("fewshot/banking77.5shot.s0", "banking77.dev", "clinc150.oos_dev", 0.58, 0.08, 0.90, Explicit = true, Reason = Slow)]
    [TestCase("fewshot/banking77.10shot.s0", "banking77.dev", "clinc150.oos_dev", 0.71, 0.06, 0.93, Explicit = true, Reason = Slow)]
    [TestCase("fewshot/banking77.10shot.s0", "banking77.dev.asr", "clinc150.oos_dev", 0.67, 0.07, 0.91, Explicit = true, Reason = Slow)]
    [TestCase("fewshot/clinc150.5shot.s0", "clinc150.dev", "clinc150.oos_dev", 0.73, 0.05, 0.89, Explicit = true, Reason = Slow)]
    [TestCase("fewshot/clinc150.10shot.s0", "clinc150.dev", "clinc150.oos_dev", 0.80, 0.04, 0.92, Explicit = true, Reason = Slow)]
    [TestCase("fewshot/clinc150.10shot.s0", "clinc150.dev.asr", "clinc150.oos_dev", 0.73, 0.07, 0.89, Explicit = true, Reason = Slow)]
    [TestCase("fewshot/hwu64.10shot.s0", "hwu64.dev", "clinc150.oos_dev", 0.71, 0.06, 0.86, Explicit = true, Reason = Slow)]
    [TestCase("natcs_insurance.train", "natcs_insurance.dev", "clinc150.oos_dev", 0.95, 0.08, 0.98, Explicit = true, Reason = Slow)]
    public void Router_keeps_its_level(string train, string dev, string oos, double accuracy, double calibration, double outOfScope)
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
        Assert.That(figures.Calibration, Is.LessThanOrEqualTo(calibration));
        Assert.That(figures.OutOfScope, Is.GreaterThanOrEqualTo(outOfScope));
    }
}
