using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

internal sealed class FrameWindowTests
{
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(10)]
    public void Stream_is_cut_into_whole_frames_however_it_comes(int chunk)
    {
        var window = new FrameWindow(4);
        var frames = new List<float[]>();
        foreach (var samples in Enumerable.Range(0, 22).Select(i => (float)i).Chunk(chunk))
        {
            var rest = samples.AsSpan();
            while (window.Fill(ref rest))
                frames.Add(window.Frame.ToArray());
            Assert.That(rest.Length, Is.Zero);
        }
        // 22 samples are five frames of four; two wait for the next.
        Assert.That(frames.SelectMany(frame => frame), Is.EqualTo(Enumerable.Range(0, 20)));
    }
}
