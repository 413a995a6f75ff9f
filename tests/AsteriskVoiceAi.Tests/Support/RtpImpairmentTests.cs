using System.Buffers.Binary;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.Tests.Support;

/// <summary>The harm that test callers do to their own packets.</summary>
public sealed class RtpImpairmentTests
{
    private const int Many = 100_000;

    private static PacketFate[] Fates(RtpImpairment impairment, int count = Many)
    {
        var pattern = new ImpairmentPattern(impairment);
        return [.. Enumerable.Range(0, count).Select(_ => pattern.Next())];
    }

    [Test]
    public void Same_seed_means_the_same_fate_and_another_seed_another()
    {
        var impairment = new RtpImpairment { Loss = 0.1, Jitter = TimeSpan.FromMilliseconds(60), Duplicated = 0.1, Reordered = 0.1 };

        Assert.That(Fates(impairment, 1000), Is.EqualTo(Fates(impairment with { }, 1000)));
        Assert.That(Fates(impairment, 1000), Is.Not.EqualTo(Fates(impairment with { Seed = 2 }, 1000)));
    }

    [Test]
    public void Another_kind_of_harm_changes_nothing_in_who_is_lost()
    {
        var lost = Fates(new() { Loss = 0.1 }).Select(f => f.Lost);

        Assert.That(Fates(new() { Loss = 0.1, Jitter = TimeSpan.FromMilliseconds(100), Reordered = 0.2 }).Select(f => f.Lost), Is.EqualTo(lost));
    }

    [TestCase(0.01)]
    [TestCase(0.2)]
    public void Share_of_losses_is_as_asked(double share) =>
        Assert.That(Fates(new() { Loss = share }).Count(f => f.Lost) / (double)Many, Is.EqualTo(share).Within(10).Percent);

    [Test]
    public void Bursts_have_the_share_and_the_mean_length_that_were_asked_for()
    {
        var lost = Fates(new() { Bursts = new(0.05, 4) }).Select(f => f.Lost).ToArray();
        var total = lost.Count(l => l);
        var bursts = lost.Where((l, i) => l && (i == 0 || !lost[i - 1])).Count();
        Assert.Multiple(() =>
        {
            Assert.That(total / (double)Many, Is.EqualTo(0.05).Within(15).Percent);
            Assert.That((double)total / bursts, Is.EqualTo(4).Within(10).Percent);
        });
    }

    [Test]
    public async Task Lost_packets_leave_a_hole_in_the_numbers_and_double_ones_come_twice()
    {
        using var phone = new LoopbackPhone();
        await using var caller = new SipCaller(phone.Address, new() { Impairment = new() { Seed = 7, Loss = 0.2, Duplicated = 0.3 } });
        await phone.AnswerAsync(caller);

        var numbers = new List<ushort>();
        for (var i = 0; i < 60; i++)
            numbers.Add(BinaryPrimitives.ReadUInt16BigEndian((await phone.ReceiveAudioAsync()).AsSpan(2)));

        caller.Vanish();
        Assert.Multiple(() =>
        {
            Assert.That(numbers.Zip(numbers.Skip(1)).Count(pair => pair.First == pair.Second), Is.InRange(6, 30));
            Assert.That(numbers.Zip(numbers.Skip(1)).Count(pair => (ushort)(pair.Second - pair.First) > 1), Is.InRange(5, 30));
            Assert.That(caller.Impaired, Has.Property(nameof(ImpairmentCounts.Lost)).GreaterThan(5).And.Property(nameof(ImpairmentCounts.Duplicated)).GreaterThan(5));
        });
    }

    [Test]
    public async Task Jitter_alone_keeps_the_order_and_reordering_breaks_it()
    {
        using var phone = new LoopbackPhone();
        await using var caller = new SipCaller(phone.Address, new() { Impairment = new() { Jitter = TimeSpan.FromMilliseconds(60) } });
        await phone.AnswerAsync(caller);

        var steady = await ReadAsync(phone, 20);
        caller.Impair(new() { Reordered = 0.3 });
        var mixed = await ReadAsync(phone, 40);

        Assert.That(Backwards(steady), Is.Zero);
        Assert.That(Backwards(mixed), Is.GreaterThan(3));
        caller.Vanish();
    }

    private static async Task<short[]> ReadAsync(LoopbackPhone phone, int count)
    {
        var numbers = new short[count];
        for (var i = 0; i < count; i++)
            numbers[i] = BinaryPrimitives.ReadInt16BigEndian((await phone.ReceiveAudioAsync()).AsSpan(2));
        return numbers;
    }

    private static int Backwards(short[] numbers) => numbers.Zip(numbers.Skip(1)).Count(pair => (short)(pair.Second - pair.First) < 0);
}
