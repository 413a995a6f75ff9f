using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>The measuring instrument itself, tried against the real Asterisk.</summary>
[TestFixture]
public sealed class SipCallerTests
{
    private const string Dialplan = """
        [default]
        exten => 700,1,Answer()
         same => n,Echo()
         same => n,Hangup()
        exten => 701,1,Answer()
         same => n,Read(KEYS,,4,,,3)
         same => n,Set(GLOBAL(KEYS)=${KEYS})
         same => n,SendDTMF(${KEYS})
         same => n,Hangup(18)
        exten => 702,1,Busy(0)
        exten => 703,1,Ringing()
         same => n,Wait(60)
        exten => 704,1,Answer()
         same => n,Playtones(1000/100,0/100)
         same => n,Wait(60)

        """;

    private AsteriskProcess _asterisk = null!;

    [OneTimeSetUp]
    public async Task StartAsterisk()
    {
        if (await AsteriskProcess.WhyMissingAsync() is { } why)
            Missing.Skip(why);
        _asterisk = await AsteriskProcess.StartAsync(new() { Dialplan = Dialplan });
    }

    [OneTimeTearDown]
    public async Task StopAsterisk()
    {
        if (_asterisk is not null)
            await _asterisk.DisposeAsync();
    }

    [TestCase(CallerCodec.Ulaw)]
    [TestCase(CallerCodec.Alaw)]
    public async Task Echoed_tone_comes_back_whole_and_at_once(CallerCodec codec)
    {
        await using var caller = new SipCaller(_asterisk.Sip, new() { Codec = codec });
        await caller.CallAsync("700");
        var tone = new short[8000];
        for (var i = 0; i < tone.Length; i++)
            tone[i] = (short)(8000 * Math.Sin(2 * Math.PI * 440 * i / 8000.0));
        var said = await caller.SpeakAsync(tone);
        var back = await caller.WaitForAudioAsync(said.First);
        var quiet = await caller.WaitForQuietAsync(TimeSpan.FromMilliseconds(300));
        TestContext.Out.WriteLine($"there and back {(back - said.First).TotalMilliseconds} ms, last {(quiet - said.Last).TotalMilliseconds} ms; {caller}");
        var heard = caller.HeardBetween(back, back + TimeSpan.FromSeconds(1));
        Assert.Multiple(() =>
        {
            Assert.That(said.Whole, Is.True);
            Assert.That(said.Last - said.First, Is.EqualTo(TimeSpan.FromMilliseconds(980)).Within(TimeSpan.FromMilliseconds(30)));
            Assert.That(back - said.First, Is.LessThan(TimeSpan.FromMilliseconds(200)));
            Assert.That(caller.Statistics.Lost, Is.Zero);
            Assert.That(heard.Count(s => Math.Abs((int)s) > 1000), Is.GreaterThan(7000));
        });
    }
}
