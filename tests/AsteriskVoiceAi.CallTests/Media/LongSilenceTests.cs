using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Sip;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Media;

/// <summary>A minute in which nobody says a word, on every path at once, with phones that send silence and phones that send nothing at all.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class LongSilenceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Call_lives_through_a_minute_of_silence_on_every_path()
    {
        var calls = await Task.WhenAll(
            from path in Enum.GetValues<MediaPath>()
            from sends in new[] { true, false }
            select StartAsync(path, sends));
        try
        {
            await Task.WhenAll(calls.Select(call => call.Call.Service.Ear.WaitForAsync(Minute, 0)));
            foreach (var (_, _, call) in calls)
                call.Caller.Muted = false;
            var heard = await Task.WhenAll(calls.Select(call => SoundCheck.BothWaysAsync(call.Call)));

            Assert.Multiple(() =>
            {
                foreach (var ((path, muted, call), (up, down)) in calls.Zip(heard))
                {
                    var who = $"{path}{(muted ? ", muted phone" : "")}: up {up}; down {down}";
                    Assert.That(Tones.Level(call.Service.Ear.Since(0).AsSpan(0, call.Service.SampleRate * 55)), Is.LessThan(50), who);
                    Assert.That(up.IsWhole && down.IsWhole, Is.True, who);
                }
            });
        }
        finally
        {
            foreach (var (_, _, call) in calls)
                await call.DisposeAsync();
        }
    }

    private static async Task<(MediaPath Path, bool Muted, MediaCall Call)> StartAsync(MediaPath path, bool sends) =>
        (path, !sends, await LabOfTheMediaTests.Lab.CallAsync(path, new SipCallerOptions { SendsAudio = sends }));
}
