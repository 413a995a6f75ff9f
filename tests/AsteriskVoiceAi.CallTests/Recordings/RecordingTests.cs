using System.Buffers.Binary;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Speech;

namespace AsteriskVoiceAi.CallTests.Recordings;

/// <summary>A call's recording against what the caller really heard and said. A lab of its own.</summary>
[NonParallelizable]
public sealed class RecordingTests
{
    private const double Tone = 440;

    /// <summary>How far the two sides may be out of step with the caller's ear.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-recordings-");
    private CallLab _lab = null!;

    [OneTimeSetUp]
    public async Task StartLab()
    {
        var flow = await File.ReadAllTextAsync(Repository.PathOf("flows", "main.yaml"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "main.yaml"), flow + "\nrecord: yes\n");
        _lab = await CallLab.StartAsync(_ => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>
        {
            ["FLOWS__FOLDER"] = _folder.FullName,
            ["RECORDING__FOLDER"] = Path.Combine(_folder.FullName, "recordings"),
        }));
    }

    [OneTimeTearDown]
    public async Task StopLab()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Recording_has_both_sides_in_step_with_the_callers_ear()
    {
        await using var call = await _lab.CallAsync("805");
        var heard = await call.WaitForSoundAsync();
        await call.WaitForQuietAsync(TimeSpan.FromMilliseconds(900));
        var spoken = await call.Caller.SpeakAsync(Tones.Sine(Tone, TimeSpan.FromSeconds(1)));
        await call.Caller.HangUpAsync();
        var recorded = await _lab.Live.WaitForAsync<CallEvent.Recorded>();
        await _lab.WaitForNothingLeftAsync();
        Assert.That(await _lab.Service.StopAsync(), Is.Zero, "which completes the file");

        var (left, right, rate) = Read(recorded.Path);
        var (said, played) = (Start(left, rate), Start(right, rate));
        var apart = TimeSpan.FromSeconds((said - played) / (double)rate);
        TestContext.Out.WriteLine($"at the caller {(spoken.First - heard).TotalMilliseconds:0} ms apart, in the recording {apart.TotalMilliseconds:0} ms");
        Assert.Multiple(() =>
        {
            Assert.That(Tones.Strongest(left.AsSpan(said + (rate / 10), rate / 2), rate), Is.EqualTo(Tone).Within(10), "left");
            Assert.That(Tones.Strongest(right.AsSpan(said, rate / 2), rate), Is.Zero, "right while the caller speaks");
            Assert.That(apart, Is.EqualTo(spoken.First - heard).Within(Step));
        });
        Said.Contains(await Ear.UnderstandAsync(right[..said]), "how can I help");
        await _lab.RestartServiceAsync();
    }

    /// <summary>First 10 ms that are as loud as the caller's ear takes for sound.</summary>
    private static int Start(short[] samples, int rate)
    {
        var step = rate / 100;
        for (var at = 0; at + step <= samples.Length; at += step)
        {
            if (Tones.Level(samples.AsSpan(at, step)) >= TestSupport.Sip.SipCaller.SoundLevel)
                return at;
        }
        throw new AssertionException("silence only");
    }

    private static (short[] Left, short[] Right, int Rate) Read(string path)
    {
        var file = File.ReadAllBytes(path);
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40)), Is.EqualTo(file.Length - 44), "data length");
        var (left, right) = (new short[(file.Length - 44) / 4], new short[(file.Length - 44) / 4]);
        for (var i = 0; i < left.Length; i++)
            (left[i], right[i]) = (BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(44 + (4 * i))), BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(46 + (4 * i))));
        return (left, right, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)));
    }
}
