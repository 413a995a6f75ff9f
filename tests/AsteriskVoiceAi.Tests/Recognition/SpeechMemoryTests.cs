using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

internal sealed class SpeechMemoryTests
{
    [Test]
    public void What_must_be_kept_is_held_up_to_the_maximum()
    {
        var memory = new SpeechMemory(16_000 * 10);
        Append(memory, 16_000 * 3);
        memory.KeepFrom = 16_000 * 2;
        Append(memory, 16_000 * 8);

        var kept = memory.Copy(16_000 * 2, memory.Position);

        Assert.That(kept, Has.Length.EqualTo(16_000 * 9));
        Assert.That(kept[0], Is.EqualTo(16_000 * 2));
        Assert.That(kept[^1], Is.EqualTo(16_000 * 11 - 1));
    }

    [Test]
    public void What_is_older_than_the_memory_is_left_out()
    {
        var memory = new SpeechMemory(16_000 * 10);
        Append(memory, 16_000 * 5);

        Assert.That(memory.Copy(0, memory.Position), Has.Length.EqualTo(16_000 * 2));
    }

    private static void Append(SpeechMemory memory, int samples)
    {
        for (var left = samples; left > 0; left -= 320)
            memory.Append([.. Enumerable.Range(0, 320).Select(i => (float)(memory.Position + i))]);
    }
}
