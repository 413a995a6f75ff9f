using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls.Evaluation;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.CallTests.Media;

/// <summary>A caller whose packets are lost and late, over RTP through a real Asterisk. All degrees of harm: the benchmark <c>impairments</c>.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ImpairedLineTests
{
    private static readonly RtpImpairment Bad = new() { Loss = 0.05, Jitter = TimeSpan.FromMilliseconds(60), Reordered = 0.02, Duplicated = 0.02 };

    [Test]
    public async Task Caller_on_a_bad_line_is_understood_and_what_was_made_up_is_counted()
    {
        var said = await SpokenThrough.SentencesAsync(10);

        var heard = await Task.WhenAll(new[] { null, Bad }.Select(harm =>
            SpokenThrough.RunAsync(LabOfTheMediaTests.Lab, MediaPath.Rtp, new() { Impairment = harm }, said)));

        var (clean, bad) = (heard[0], heard[1]);
        var (cleanErrors, badErrors) = (await ErrorsAsync(clean), await ErrorsAsync(bad));
        TestContext.Out.WriteLine($"clean {cleanErrors:P1} {clean.Counters}\nbad {badErrors:P1} {bad.Counters}\n{bad.Line}");
        Assert.Multiple(() =>
        {
            Assert.That(clean.Counters with { Received = 0, Sent = 0, Consumed = null, Jitter = default, Late = 0, Concealed = 0 }, Is.EqualTo(default(MediaCounters)), "something was counted on a clean line");
            // A busy machine may hold the caller up for longer than the shortest wait for a packet; bad is ten times as much.
            Assert.That(clean.Counters.Concealed, Is.LessThanOrEqualTo(bad.Line.Lost / 10), "made up on a clean line");
            Assert.That(bad.Counters.Lost, Is.EqualTo(bad.Line.Lost).Within(3), "lost");
            Assert.That(bad.Counters.Duplicate, Is.EqualTo(bad.Line.Duplicated).Within(3), "double");
            Assert.That(bad.Counters.Concealed, Is.GreaterThanOrEqualTo(bad.Line.Lost / 2), "made up");
            Assert.That(bad.Counters.Jitter, Is.GreaterThan(clean.Counters.Jitter + TimeSpan.FromMilliseconds(3)), "jitter");
            Assert.That(cleanErrors, Is.LessThan(0.2), "word errors of a clean line");
            Assert.That(badErrors, Is.LessThan(cleanErrors + 0.2), "word errors of a bad line");
        });
    }

    private static async Task<double> ErrorsAsync(SpokenThrough heard)
    {
        var (errors, words) = (0, 0);
        foreach (var sentence in heard.Sentences)
        {
            errors += WordErrors.Count(sentence.Text, await Ear.UnderstandAsync(sentence.Samples, sentence.SampleRate));
            words += WordErrors.Words(sentence.Text).Length;
        }
        return (double)errors / words;
    }
}
